package io.faultprint.notify;

import static io.faultprint.notify.Records.CLUSTER;
import static io.faultprint.notify.Records.diagnosis;
import static io.faultprint.notify.Records.incident;
import static io.faultprint.notify.Records.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code schemas/CONSUMERS.md} shows to readers in other languages does what it says there. */
class ConsumersDocIT {

    private static final String DOC = MetricsRows.read("schemas/CONSUMERS.md");

    @TempDir
    Path directory;

    @Test
    void theJavaExamplePrintsEachRevisionAndEachDiagnosis() throws Exception {
        try (Bench bench = new Bench("doc")) {
            bench.put(incident(1).setCluster(CLUSTER).build());
            bench.put(diagnosis(1).build());
            bench.put(resolved(2).setCluster(CLUSTER).build());
            Path source = Files.writeString(directory.resolve("ReadIncidents.java"), Snippets.java(DOC));
            Path out = directory.resolve("out");
            Path root = Path.of(System.getProperty("faultprint.root", "../.."));
            // Its class path has no class of Faultprint.
            Process example = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Snippets.librariesAlone(),
                            source.toString(),
                            bench.address(),
                            bench.run().prefix(),
                            root.resolve("schemas/src/main/resources/io/faultprint/schemas/history")
                                    .toAbsolutePath()
                                    .toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(Files.readAllLines(out))
                                .contains(
                                        "shop/inc1-00000000000000a1 r1 OPEN severity 2: cart: latency of GET /cart up",
                                        "shop/inc1-00000000000000a1 r2 RESOLVED severity 2: cart: latency of GET /cart up",
                                        "shop/clu1-00000000000000c1 r1 DIAGNOSED: Connections of cart are exhausted."));
            } finally {
                example.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void theKcatCommandListsKeys() throws Exception {
        assumeTrue(
                onPath("kcat"),
                "kcat is not installed, so its command in CONSUMERS.md is not run: apt-get install kcat");
        try (Bench bench = new Bench("kcat")) {
            bench.put(incident(1).build());
            bench.put(resolved(2).build());
            String command = DOC.lines()
                    .filter(line -> line.startsWith("kcat -C"))
                    .findFirst()
                    .orElseThrow()
                    .replace("127.0.0.1:9092", bench.address())
                    .replace("faultprint.incidents", bench.run().topic("incidents"));

            Path out = directory.resolve("out");
            Process kcat = new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(false)
                    .redirectOutput(out.toFile())
                    .start();

            assertThat(kcat.waitFor()).isZero();
            List<String> lines = Files.readAllLines(out);
            assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("0 ") && line.contains(" shop/inc1-"));
        }
    }

    private static boolean onPath(String program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "command -v " + program));
        return new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
