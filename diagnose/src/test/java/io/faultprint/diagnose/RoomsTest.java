package io.faultprint.diagnose;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of this stage, held apart. */
class RoomsTest {

    private static final String ROOT = "io.faultprint.diagnose";
    private static final String[] PURE = {
        ROOT + ".evidence..", ROOT + ".rules..", ROOT + ".check..",
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theStageSeesNoOtherStage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.faultprint.ingest..", "io.faultprint.correlate..", "io.faultprint.scenario..")
                .check(classes);
    }

    @Test
    void openSearchStaysInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.opensearch..", "org.apache.hc..")
                .check(classes);
    }

    @Test
    void langChainStaysInItsRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".llm..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .check(classes);
    }

    @Test
    void pureRoomsKnowNoKafkaNoNetworkAndNoFiles() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "java.net..", "java.nio.file..", "java.io..")
                .check(classes);
        noClasses()
                .that()
                .haveSimpleName("ClaimLedger")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void onlyWhatIsPutTogetherHereHasAClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("DiagnoseStage")
                .and()
                .doNotHaveSimpleName("Diagnosing")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .check(classes);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }
}
