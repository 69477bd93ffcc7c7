package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real fuzzing of one target for some time, with Jazzer in a process of its own. Not part of the build, which runs the
 * kept inputs ({@link CorpusTest}); asked for by name:
 *
 * <pre>mvn -pl ingest -am test -Dtest=FuzzRun -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.target=otlp-json -Dfuzz.seconds=300</pre>
 *
 * New inputs gather in {@code ingest/target/fuzz/TARGET}; what breaks a property is there too, as {@code crash-…}.
 */
class FuzzRun {

    @Test
    void nothingBreaksTheProperty() throws Exception {
        FuzzTarget target = FuzzTarget.named(System.getProperty("fuzz.target", ""));
        String seconds = System.getProperty("fuzz.seconds", "60");
        Path found = Files.createDirectories(Path.of("target/fuzz").resolve(target.title()));
        Path corpus = Files.createDirectories(found.resolve("corpus"));

        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Dfuzz.target=" + target.title(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzEntry.class.getName(),
                        "--instrumentation_includes=io.faultprint.**:com.google.protobuf.**:com.fasterxml.jackson.core.**",
                        "--custom_hook_excludes=**",
                        "--reproducer_path=" + found,
                        "-artifact_prefix=" + found + File.separator,
                        "-max_total_time=" + seconds,
                        "-timeout=30",
                        "-print_final_stats=1",
                        corpus.toString(),
                        target.corpus().toString()))
                .inheritIO()
                .start();

        assertThat(jazzer.waitFor()).as("see " + found.toAbsolutePath()).isZero();
    }
}
