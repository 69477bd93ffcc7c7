package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * What {@link ReplayIT} and {@link OwnServersIT} hold with brokers as child processes, held once more with the image that
 * docker-compose.yml names. Nothing is covered by this test alone.
 */
class ContainersIT {

    private static final String IMAGE = "apache/kafka:4.3.1";

    @TempDir
    private Path directory;

    @Test
    void aReplayOnABrokerInAContainerSaysWhatOneOnOursSays() throws Exception {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println("ContainersIT is skipped: there is no Docker on this machine that can be reached;"
                    + " OwnServersIT covers the same with a broker as a child process");
        }
        assumeTrue(docker, "skipped: there is no Docker on this machine that can be reached");
        Path recording = Recordings.shop(directory.resolve("shop"));
        Path ours = directory.resolve("ours.jsonl");
        Path theirs = directory.resolve("theirs.jsonl");

        Command local = replay(recording, ours, "local");
        Command contained;
        try (KafkaContainer kafka = new KafkaContainer(IMAGE);
                NodeProcess openSearch = Nodes.openSearch(directory.resolve("opensearch"))) {
            kafka.start();
            String[] servers = {"--kafka", kafka.getBootstrapServers(), "--opensearch", "http://" + openSearch.address()
            };
            Command setup = Command.run("setup", servers[0], servers[1], servers[2], servers[3]);
            assertThat(setup.code()).as(setup.err()).isEqualTo(ExitCode.OK);
            contained = replay(recording, theirs, "contained", servers);
        }

        assertThat(local.code()).as(local.err()).isEqualTo(ExitCode.OK);
        assertThat(contained.code()).as(contained.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(theirs)).isNotEmpty().isEqualTo(Files.readAllLines(ours));
    }

    private Command replay(Path recording, Path out, String data, String... servers) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "replay",
                recording.toString(),
                "--incidents",
                out.toString(),
                "--data",
                directory.resolve(data).toString()));
        all.addAll(List.of(servers));
        return Command.run(all.toArray(String[]::new));
    }
}
