package io.faultprint.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.faultprint.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule ingestSeesNoOtherStage = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.faultprint.correlate..", "io.faultprint.diagnose..", "io.faultprint.scenarios..");

    @ArchTest
    static final ArchRule purePackagesKnowNoKafkaAndNoHttp = noClasses()
            .that()
            .resideInAnyPackage("..otlp..", "..normalise..", "..redact..", "..change..", "..loss..", "..text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule httpStaysAtTheDoor = noClasses()
            .that()
            .resideOutsideOfPackage("..http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule nobodyLooksAtTheWallClockByItself = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("io.faultprint.ingest.(*)..").should().beFreeOfCycles();
}
