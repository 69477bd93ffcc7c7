package io.faultprint.diagnose.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * LangChain4j's HTTP over the JDK's client, in HTTP/1.1: the h2c upgrade that the JDK's client sends by default confuses
 * plain local servers. Also what LangChain4j's own adapter leaves out: {@code Retry-After} reaches the caller, an answer
 * has a largest size, and the time limit covers the answer's body.
 */
final class PlainHttp implements HttpClient {

    /** An answer other than 2xx, with what its headers ask for; its body is not kept, it may hold anything. */
    static final class Refused extends HttpException {

        private static final long serialVersionUID = 1L;

        private final long retryAfterSeconds;

        Refused(int status, Optional<Duration> retryAfter) {
            super(status, "HTTP " + status);
            this.retryAfterSeconds = retryAfter.map(Duration::toSeconds).orElse(-1L);
        }

        Optional<Duration> retryAfter() {
            return retryAfterSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfterSeconds));
        }
    }

    static final class Builder implements HttpClientBuilder {

        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration readTimeout = Duration.ofSeconds(60);

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return readTimeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new PlainHttp(connectTimeout, readTimeout);
        }
    }

    private final java.net.http.HttpClient client;
    private final Duration timeout;

    private PlainHttp(Duration connectTimeout, Duration timeout) {
        this.client = java.net.http.HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(connectTimeout.compareTo(timeout) < 0 ? connectTimeout : timeout)
                .build();
        this.timeout = timeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        String body = request.body();
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .timeout(timeout)
                .method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        HttpResponse<String> response = await(client.sendAsync(builder.build(), BoundedBody.handler()));
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw new Refused(response.statusCode(), retryAfter(response));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(response.body())
                .build();
    }

    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            answer.cancel(true);
            throw new TimeoutException("no whole answer within " + timeout, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                throw new TimeoutException("no whole answer within " + timeout, e);
            }
            boolean tooLong = e.getCause() instanceof BoundedBody.TooLong;
            throw new NoAnswer(tooLong ? "its answer is too long" : "no connection", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
        }
    }

    /** The connection gave no answer that can be used. */
    static final class NoAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        NoAnswer(String reason, Throwable cause) {
            super(reason + ": " + cause.getMessage(), cause);
            this.reason = reason;
        }

        /** In a word or two, for people. */
        String reason() {
            return reason;
        }
    }

    /** RFC 9110, 10.2.3, in seconds; the form with a date is not worth a clock here and means the usual wait. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::trim)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("one answer as a whole is all that is asked for");
    }
}
