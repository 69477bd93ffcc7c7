package io.faultprint.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.faultprint.architecture.Rooms.BENCHMARKS;
import static io.faultprint.architecture.Rooms.CORRELATE;
import static io.faultprint.architecture.Rooms.DASHBOARDS;
import static io.faultprint.architecture.Rooms.DIAGNOSE;
import static io.faultprint.architecture.Rooms.EVALUATE;
import static io.faultprint.architecture.Rooms.INGEST;
import static io.faultprint.architecture.Rooms.LOCAL;
import static io.faultprint.architecture.Rooms.NODE;
import static io.faultprint.architecture.Rooms.NOTIFY;
import static io.faultprint.architecture.Rooms.PURE;
import static io.faultprint.architecture.Rooms.SCENARIO;
import static io.faultprint.architecture.Rooms.SCHEMAS;
import static io.faultprint.architecture.Rooms.andSchemas;
import static io.faultprint.architecture.Rooms.oursOutside;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Which room sees which, and where the big libraries may be touched. */
@AnalyzeClasses(packages = "io.faultprint", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule ingestSeesOnlyTheContracts =
            noClasses().that().resideInAPackage(INGEST).should().dependOnClassesThat(oursOutside(andSchemas(INGEST)));

    @ArchTest
    static final ArchRule correlateSeesOnlyTheContracts = noClasses()
            .that()
            .resideInAPackage(CORRELATE)
            .should()
            .dependOnClassesThat(oursOutside(andSchemas(CORRELATE)));

    @ArchTest
    static final ArchRule diagnoseSeesOnlyTheContracts = noClasses()
            .that()
            .resideInAPackage(DIAGNOSE)
            .should()
            .dependOnClassesThat(oursOutside(andSchemas(DIAGNOSE)));

    @ArchTest
    static final ArchRule notifySeesOnlyTheContracts =
            noClasses().that().resideInAPackage(NOTIFY).should().dependOnClassesThat(oursOutside(andSchemas(NOTIFY)));

    @ArchTest
    static final ArchRule theContractsSeeNobody =
            noClasses().that().resideInAnyPackage(SCHEMAS).should().dependOnClassesThat(oursOutside(SCHEMAS));

    @ArchTest
    static final ArchRule nodesSeeNobody =
            noClasses().that().resideInAPackage(NODE).should().dependOnClassesThat(oursOutside(NODE));

    @ArchTest
    static final ArchRule dashboardsSeeTheContractsAndTheStore = noClasses()
            .that()
            .resideInAPackage(DASHBOARDS)
            .should()
            .dependOnClassesThat(oursOutside(andSchemas(DASHBOARDS, "io.faultprint.diagnose.store..")))
            .because("of a stage they know what it has indexed, and nothing else");

    @ArchTest
    static final ArchRule evaluationSeesTheStagesAndNoWorld = noClasses()
            .that()
            .resideInAPackage(EVALUATE)
            .should()
            .dependOnClassesThat(oursOutside(andSchemas(EVALUATE, INGEST, CORRELATE, "io.faultprint.diagnose.gate..")))
            .because("what judges must not know the worlds that it judges by");

    @ArchTest
    static final ArchRule benchmarksAreSeenByTheLauncherAlone = noClasses()
            .that()
            .resideOutsideOfPackages(LOCAL, BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BENCHMARKS);

    @ArchTest
    static final ArchRule benchmarksSeeTheStagesAndTheirServers = noClasses()
            .that()
            .resideInAPackage(BENCHMARKS)
            .should()
            .dependOnClassesThat(oursOutside(andSchemas(BENCHMARKS, INGEST, CORRELATE, DIAGNOSE, NODE)));

    @ArchTest
    static final ArchRule theScenarioSeesNoStageAndNoContract = noClasses()
            .that()
            .resideInAPackage(SCENARIO)
            .should()
            .dependOnClassesThat(oursOutside(SCENARIO, "io.faultprint.runtime.."))
            .because("a world that knows its detectors would be no test of them");

    @ArchTest
    static final ArchRule theScenarioIsSeenByTheLauncherAlone = noClasses()
            .that()
            .resideOutsideOfPackages(LOCAL, SCENARIO)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SCENARIO)
            .because("detectors that know the world would be no detectors");

    @ArchTest
    static final ArchRule openSearchIsTouchedInTheStoreAlone = onlyIn(
            new String[] {"io.faultprint.diagnose.store..", "io.faultprint.node.opensearch.."}, "org.opensearch..");

    @ArchTest
    static final ArchRule theRegistrysClientIsKnownToOneClass = noClasses()
            .that()
            .haveNameNotMatching("io\\.faultprint\\.serde\\.registry\\.RegistryClient(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule modelsAreTouchedInLlmAlone =
            onlyIn(new String[] {"io.faultprint.diagnose.llm.."}, "dev.langchain4j..");

    @ArchTest
    static final ArchRule theHttpServerIsTouchedInTheDoorAlone =
            onlyIn(new String[] {"io.faultprint.ingest.http.."}, "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule openTelemetrysTypesStayInIngestAndWhatLoadsIt = onlyIn(
            new String[] {INGEST, "io.faultprint.benchmarks.door.."}, "io.opentelemetry..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule streamsIsTouchedInCorrelateAndWhatStandsInForIt =
            onlyIn(new String[] {CORRELATE, "io.faultprint.evaluate.core..", BENCHMARKS}, "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule whatOnlyComputesKnowsNoKafka = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    /** A rule about a room that is not on the class path would hold without a look at it. */
    @ArchTest
    static void everyRoomIsLookedAt(JavaClasses all) {
        Stream<String> rooms = Stream.concat(
                Stream.of(SCHEMAS, PURE).flatMap(Stream::of),
                Stream.of(
                        INGEST, CORRELATE, DIAGNOSE, NOTIFY, NODE, SCENARIO, DASHBOARDS, EVALUATE, BENCHMARKS, LOCAL));

        assertThat(rooms).allSatisfy(room -> {
            String name = room.substring(0, room.length() - 2);
            assertThat(all.containPackage(name)).as(room + " has classes").isTrue();
        });
    }

    private static ArchRule onlyIn(String[] rooms, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
