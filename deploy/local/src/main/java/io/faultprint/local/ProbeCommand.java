package io.faultprint.local;

import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "probe",
        header =
                "Asks a stage whether it is ready, for health checks where there is no curl; exit code 0 only when it is.",
        description = "%nfaultprint probe http://127.0.0.1:9464/readyz%n")
final class ProbeCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Parameters(index = "0", paramLabel = "URL", description = "/readyz or /livez of a stage's admin.port.")
    private String url = "";

    private final Terminal terminal;

    ProbeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!url.matches("http://[^/\\s]+/(readyz|livez)")) {
            throw new UsageError(url + ": must be /readyz or /livez of a stage, as http://127.0.0.1:9464/readyz");
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
            terminal.line(answer.body().strip());
            return answer.statusCode() == 200 ? ExitCode.OK : ExitCode.FAILURE;
        } catch (IOException | IllegalArgumentException away) {
            terminal.trouble(
                    "faultprint probe: " + url + ": no answer within " + PATIENCE.toSeconds() + " s (" + away + ")");
            return ExitCode.FAILURE;
        }
    }
}
