package io.faultprint.diagnose;

import io.faultprint.topic.Run;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;

/** The stage as production runs it, in a process of its own that can be killed. */
final class Child implements AutoCloseable {

    private final String broker;
    private final Run run;
    private final int port;
    private final Process process;

    /**
     * Starts it.
     *
     * @param heapMegabytes the most heap it may take
     * @param log where its output goes
     * @param settings over those that it needs
     */
    Child(String broker, Run run, int heapMegabytes, Path log, Map<String, String> settings) {
        this.broker = broker;
        this.run = run;
        this.port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                DiagnoseMain.class.getName(),
                "--kafka.bootstrap-servers=" + broker,
                "--run.id=" + run.id(),
                "--partitions.events=2",
                "--gate.owner=one",
                "--admin.port=" + port));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        File file = log.toFile();
        try {
            this.process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** A metric's value, summed over its tags that contain this text; 0 while it does not answer. */
    double metric(String name, String tag) {
        try {
            String text = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return text.lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> line.contains(tag))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /**
     * Ends it as a crash would (SIGKILL). Its groups are told at once that it is gone, which they would else find out
     * after the session's timeout.
     */
    void kill() {
        killWithoutKafka();
        forget();
    }

    /** The same while Kafka stands still and cannot be told. */
    void killWithoutKafka() {
        try {
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            for (String group : List.of("diagnose-gate", "diagnose-index")) {
                try {
                    String id = run.application(group);
                    boolean empty =
                            admin.describeConsumerGroups(List.of(id)).all().get(20, TimeUnit.SECONDS).values().stream()
                                    .allMatch(it -> it.members().isEmpty());
                    if (!empty) {
                        admin.removeMembersFromConsumerGroup(id, new RemoveMembersFromConsumerGroupOptions())
                                .all()
                                .get(20, TimeUnit.SECONDS);
                    }
                } catch (ExecutionException e) {
                    // There is no such group yet, or the member is gone by now.
                    if (!(e.getCause() instanceof KafkaException)) {
                        throw new IllegalStateException(e);
                    }
                } catch (TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
