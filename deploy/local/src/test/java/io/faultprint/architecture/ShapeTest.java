package io.faultprint.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.AvroGenerated;
import org.jspecify.annotations.NullMarked;

/** The shape of the code: packages without cycles, nulls declared, words on standard output from those who may speak. */
@AnalyzeClasses(packages = "io.faultprint", importOptions = ImportOption.DoNotIncludeTests.class)
class ShapeTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.faultprint.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..",
                    "org.apache.log4j..",
                    "org.apache.logging..",
                    "org.apache.commons.logging..");

    /** Mains and the command line speak to people; a child node speaks to its parent. */
    @ArchTest
    static final ArchRule standardOutputIsForMains = noClasses()
            .that()
            .haveNameNotMatching("io\\.faultprint\\.(runtime\\.(StageMain|StopSignal)|scenario\\.\\w+Main)")
            .and()
            .resideOutsideOfPackages("io.faultprint.local..", "io.faultprint.node.child..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule namesOfFewNouns = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..model..", "..helper..");

    @ArchTest
    static final ArchRule whatIsCalledAStageIsOne = classes()
            .that()
            .haveSimpleNameEndingWith("Stage")
            .and()
            .areNotInterfaces()
            .should()
            .implement("io.faultprint.runtime.Stage");

    @ArchTest
    static void everyPackageDeclaresItsNulls(JavaClasses all) {
        Set<String> undeclared = new TreeSet<>();
        for (JavaClass type : all) {
            JavaPackage home = type.getPackage();
            if (!type.isAnnotatedWith(AvroGenerated.class)
                    && !type.getName().contains("$")
                    && !home.isAnnotatedWith(NullMarked.class)) {
                undeclared.add(home.getName());
            }
        }

        assertThat(undeclared)
                .as("packages without @NullMarked in a package-info.java")
                .isEmpty();
    }
}
