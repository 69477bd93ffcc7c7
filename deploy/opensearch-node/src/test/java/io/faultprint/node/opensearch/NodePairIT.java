package io.faultprint.node.opensearch;

import static org.awaitility.Awaitility.await;

import io.faultprint.node.NodePair;
import io.faultprint.node.Nodes;
import java.io.BufferedReader;
import java.io.File;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both nodes at once, under a parent that dies without a word. */
class NodePairIT {

    @TempDir
    Path data;

    @Test
    void bothServeAndNeitherOutlivesAKilledParent() throws Exception {
        Process parent = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folderOf(Nodes.class) + File.pathSeparator + folderOf(Parent.class),
                        "-D" + Nodes.ROOT_PROPERTY + "=" + System.getProperty(Nodes.ROOT_PROPERTY),
                        Parent.class.getName(),
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> nodes = new ArrayList<>();
        try (BufferedReader said = parent.inputReader()) {
            for (String[] words :
                    List.of(said.readLine().split(" "), said.readLine().split(" "))) {
                nodes.add(ProcessHandle.of(Long.parseLong(words[0])).orElseThrow());
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[1])).close();
            }

            parent.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The parent, in a JVM of its own. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            NodePair pair = Nodes.both(Path.of(arguments[0]));
            System.out.println(pair.kafka().pid() + " " + pair.kafka().port());
            System.out.println(pair.openSearch().pid() + " " + pair.openSearch().port());
            Thread.currentThread().join();
        }
    }

    private static String folderOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
