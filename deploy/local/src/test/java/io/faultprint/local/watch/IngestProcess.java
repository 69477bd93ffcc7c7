package io.faultprint.local.watch;

import io.faultprint.ingest.IngestMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ingest as a process of its own, which can be killed as machines are, and started again as the same door. */
final class IngestProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final int door = freePort();
    private final int admin = freePort();
    private final List<String> command;
    private final Path log;
    private Process process;

    IngestProcess(Map<String, String> settings, Path log) throws IOException {
        this.log = log;
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName(),
                "--http.port=" + door,
                "--admin.port=" + admin));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        this.process = launch();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = launch();
    }

    /** One request of log lines that say the same as ever; whether it was acknowledged. */
    boolean send(int lines) {
        long nanos = System.currentTimeMillis() * 1_000_000;
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            records.append(i == 0 ? "" : ",")
                    .append("{\"timeUnixNano\":\"")
                    .append(nanos)
                    .append("\",\"severityNumber\":9,\"body\":{\"stringValue\":\"order ")
                    .append(i)
                    .append(" stored\"}}");
        }
        String body = "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"orders\"}}]},"
                + "\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + "/v1/logs"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notUp) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the admin server answers; empty while it is not up. */
    String get(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notUp) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
