package io.faultprint.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {

    @TempDir
    Path folder;

    private Path data;
    private NodeSpec spec;

    @BeforeEach
    void aLibFolder() throws IOException {
        data = folder.resolve("data");
        spec = PlainLib.make(folder.resolve("lib"), data);
    }

    @Test
    void itServesOnThePortThatItNamesAndEndsCleanly() throws Exception {
        NodeProcess node = NodeProcess.start(spec);
        new Socket(InetAddress.getLoopbackAddress(), node.port()).close();
        assertThat(node.alive()).isTrue();
        assertThat(node.address()).isEqualTo("127.0.0.1:" + node.port());

        node.close();

        assertThat(node.onExit().get(1, TimeUnit.SECONDS)).isZero();
        assertThat(data.resolve("stopped")).exists();
    }

    @Test
    void aKilledNodeHasNoTimeToStopAndComesBackOnItsPort() {
        int port;
        try (NodeProcess node = NodeProcess.start(spec)) {
            port = node.port();
            node.kill();
            assertThat(node.alive()).isFalse();
            assertThat(data.resolve("stopped")).doesNotExist();
        }

        try (NodeProcess again = NodeProcess.start(spec)) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void aRememberedPortThatIsTakenIsReplaced() throws Exception {
        NodeProcess first = NodeProcess.start(spec);
        int port = first.port();
        first.close();
        Files.delete(data.resolve("stopped"));

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                NodeProcess again = NodeProcess.start(spec)) {
            assertThat(again.port()).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void aPortAskedForThatIsTakenIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> NodeProcess.start(spec.withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            NodeStartException.class,
                            e -> assertThat(e.refused()).isTrue())
                    .hasMessageStartingWith("plain-node: --port " + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (NodeProcess node = NodeProcess.start(spec)) {
            assertThatThrownBy(() -> NodeProcess.start(spec))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessage(
                            "plain-node: data directory %s is in use by process %d: end that one, or give another"
                                    + " --data",
                            data, node.pid());
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> NodeProcess.start(PlainLib.spec(spec.lib(), file.resolve("data"))))
                .isInstanceOfSatisfying(
                        NodeStartException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessageContaining(file.toString())
                .hasMessageContaining("that you may write to");
    }

    @Test
    void aLibFolderThatWasNotBuiltIsNamed() {
        assertThatThrownBy(() -> NodeProcess.start(PlainLib.spec(folder.resolve("nowhere"), data)))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("package");
    }

    @Test
    void aServerThatFailsIsQuoted() {
        assertThatThrownBy(() -> NodeProcess.start(spec.withProperty("mood", "broken")))
                .isInstanceOfSatisfying(
                        NodeStartException.class, e -> assertThat(e.refused()).isFalse())
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("the disk is made of cheese")
                .hasMessageContaining(data.resolve("node.log").toString());
    }

    @Test
    void aServerThatTakesTooLongIsEnded() {
        assertThatThrownBy(() ->
                        NodeProcess.start(spec.withProperty("mood", "slow").withTimeout(Duration.ofSeconds(2))))
                .hasMessageContaining("was not ready after 2 s");

        // Nothing is left that holds the directory.
        NodeProcess.start(spec).close();
    }

    @Test
    void aNodeThatIsStillStartingEndsWithItsStandardInputToo() {
        NodeProcess node = NodeProcess.launch(spec.withProperty("mood", "slow"));
        await().until(() -> Files.exists(data.resolve("node.log")));

        node.close();

        assertThat(node.alive()).isFalse();
    }

    @Test
    void anInterruptFromTheTerminalIsLeftToTheParent() throws Exception {
        NodeProcess node = NodeProcess.start(spec);

        new ProcessBuilder("kill", "-INT", Long.toString(node.pid())).start().waitFor();
        new Socket(InetAddress.getLoopbackAddress(), node.port()).close();
        node.close();

        // A JVM that had followed the signal would have said 130.
        assertThat(node.onExit().get(1, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aNodeNeverOutlivesItsParent() throws Exception {
        Process parent = new ProcessBuilder(PlainParent.command(spec.lib(), data)).start();
        ProcessHandle node;
        try (BufferedReader said = parent.inputReader()) {
            node = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            assertThat(node.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();
        }

        await().until(() -> !node.isAlive());
        assertThat(data.resolve("stopped")).exists();
    }

    @Test
    void aStaleClassArchiveIsNotUsedAndAFreshOneIs() throws Exception {
        ClassArchive archive = ClassArchive.of(spec);
        assertThat(archive.flags()).isEmpty();
        archive.make(spec);
        assertThat(ClassArchive.of(spec).flags()).hasSize(2);
        NodeProcess.start(spec).close();
        Files.delete(data.resolve("stopped"));

        Files.createFile(spec.lib().resolve("another.jar"));

        assertThat(ClassArchive.of(spec).flags()).isEmpty();
        NodeProcess.start(spec).close();
    }

    @Test
    void aBrokenClassArchiveDoesNoHarm() throws Exception {
        ClassArchive.of(spec).make(spec);
        Path archive = Path.of(ClassArchive.of(spec).flags().get(1).replaceFirst(".*=", ""));
        Files.delete(archive);
        Files.writeString(archive, "not an archive");

        NodeProcess.start(spec).close();

        assertThat(data.resolve("stopped")).exists();
    }
}
