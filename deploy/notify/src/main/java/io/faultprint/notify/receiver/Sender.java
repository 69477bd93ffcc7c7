package io.faultprint.notify.receiver;

import io.faultprint.notify.form.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends bodies to one receiver, one at a time. Follows no redirect: what is signed and authorised for one host is meant for no
 * other. Reads at most a few KiB of an answer, and gives it {@code timeout} as a whole.
 */
public final class Sender {

    private static final long SLICE_MILLIS = 100;
    private static final int MOST_TEXT = 200;

    private final TargetSettings settings;
    private final InstantSource clock;
    private final HttpClient client;
    private final Optional<Signature> signature;

    /**
     * Makes it; nothing is sent.
     *
     * @throws IllegalArgumentException when the certificate cannot be read
     */
    public Sender(TargetSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(settings.timeout());
        settings.certificate().map(Sender::trusting).ifPresent(builder::sslContext);
        this.client = builder.build();
        this.signature = settings.secret().isEmpty() ? Optional.empty() : Optional.of(new Signature(settings.secret()));
    }

    /**
     * Sends one body.
     *
     * @param stop asked every 100 ms while the answer is awaited; what it throws ends the request
     * @return empty when it was told to stop; then it is not known what came of the request
     */
    Optional<Answer> send(String key, byte[] body, BooleanSupplier stop) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request(key, body), info -> new FirstBytes());
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        try {
            while (true) {
                try {
                    return Optional.of(judge(answer.get(SLICE_MILLIS, TimeUnit.MILLISECONDS)));
                } catch (TimeoutException e) {
                    if (stop.getAsBoolean()) {
                        answer.cancel(true);
                        return Optional.empty();
                    }
                    if (System.nanoTime() - deadline > 0) {
                        answer.cancel(true);
                        return Optional.of(away(
                                "no whole answer within " + settings.timeout().toMillis() + " ms"));
                    }
                }
            }
        } catch (ExecutionException e) {
            return Optional.of(away(problem(e.getCause())));
        } catch (RuntimeException brokenOff) {
            answer.cancel(true);
            throw brokenOff;
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private HttpRequest request(String key, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "faultprint-notify")
                .POST(BodyPublishers.ofByteArray(body));
        settings.headers().forEach(request::header);
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key).header("X-Faultprint-Delivery", key);
        }
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        signature.ifPresent(signer -> {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            request.header("X-Faultprint-Timestamp", timestamp)
                    .header("X-Faultprint-Signature", signer.of(timestamp, body));
        });
        return request.build();
    }

    private Answer judge(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        String said = "HTTP " + status + (response.body().isBlank() ? "" : " " + line(response.body()));
        if (status >= 300 && status < 400) {
            return away(said + ": it sends us elsewhere, and is not followed; set the address where it leads");
        }
        return switch (status) {
            // Nobody reads these yet because of the configuration, here or there; it is no property of what is sent.
            case 401, 403, 404, 405, 407 -> away(said);
            case 408, 425, 429 -> new Answer.Away(said, false, retryAfter(response));
            default ->
                status >= 400 && status < 500
                        ? new Answer.Refused(said)
                        : new Answer.Away(said, true, retryAfter(response));
        };
    }

    private static Answer away(String why) {
        return new Answer.Away(why, false, Optional.empty());
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").map(String::trim).flatMap(text -> {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration wait = Duration.between(clock.instant(), at);
                return wait.isNegative() ? Optional.empty() : Optional.of(wait);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    private String problem(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "no connection to " + settings.url().getHost() + ":" + port();
        }
        return line(String.valueOf(cause));
    }

    private int port() {
        int port = settings.url().getPort();
        return port >= 0 ? port : "https".equals(settings.url().getScheme()) ? 443 : 80;
    }

    private static String line(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "…";
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("it is empty");
            }
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "certificate " + file + ": no PEM certificates could be read from it (" + e.getMessage() + ")", e);
        }
    }
}
