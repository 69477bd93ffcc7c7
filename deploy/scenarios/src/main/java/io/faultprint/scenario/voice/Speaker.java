package io.faultprint.scenario.voice;

import io.faultprint.scenario.plan.Level;
import io.faultprint.scenario.plan.Service;
import io.faultprint.scenario.plan.Voice;
import io.faultprint.scenario.signal.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Puts what a service has to say into the lines that such a service prints. */
public final class Speaker {

    private static final DateTimeFormatter SPACED = format("yyyy-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter COMMA = format("yyyy-MM-dd HH:mm:ss,SSS");
    private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter NGINX_ERROR = format("yyyy/MM/dd HH:mm:ss");
    private static final DateTimeFormatter NGINX_ACCESS = format("dd/MMM/yyyy:HH:mm:ss +0000");

    private final Service service;
    private final SplittableRandom random;
    private final int variant;

    /** A speaker for one service; the random fills thread names and the like. */
    public Speaker(Service service, SplittableRandom random) {
        this.service = service;
        this.random = random;
        this.variant = service.name().hashCode();
    }

    /** The failure in the words of this service's language. */
    public Thrown thrown(Failure failure) {
        return switch (service.voice()) {
            case JAVA, LOGBACK -> JavaErrors.of(failure, service.code(), variant);
            case PYTHON -> PythonErrors.of(failure, service.code(), variant);
            case NODE_JSON -> NodeErrors.of(failure, service.code(), variant);
            case GO -> GoErrors.of(failure, service.code(), variant);
            case NGINX -> NginxErrors.of(failure, Phrase.fill("{ip}", random));
            case LOGFMT -> RustErrors.of(failure, service.code(), variant);
        };
    }

    /** The exception's attributes, as spans and log records carry them. */
    public Map<String, Object> exception(Failure failure) {
        if (service.voice() == Voice.NGINX) {
            return Map.of();
        }
        Thrown thrown = thrown(failure);
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("exception.type", thrown.type());
        attributes.put("exception.message", thrown.message());
        String trace = stackTrace(thrown);
        if (!trace.isEmpty()) {
            attributes.put("exception.stacktrace", trace);
        }
        return attributes;
    }

    /** The stack trace as this language prints it; empty when it prints none. */
    private String stackTrace(Thrown thrown) {
        return switch (service.voice()) {
            case JAVA, LOGBACK -> Traces.java(thrown);
            case PYTHON -> Traces.python(thrown);
            case NODE_JSON -> Traces.node(thrown);
            case GO, NGINX, LOGFMT -> thrown.frames().isEmpty() ? "" : Traces.go(thrown);
        };
    }

    /** The record for what is to be said. */
    public Signal.Log say(Moment moment) {
        @Nullable Thrown thrown = moment.failure() == null ? null : thrown(moment.failure());
        Map<String, Object> attributes = new LinkedHashMap<>();
        String body = switch (service.voice()) {
            case JAVA -> {
                attributes.put("thread.name", thread());
                if (moment.failure() != null) {
                    attributes.putAll(exception(moment.failure()));
                }
                yield moment.message();
            }
            case LOGBACK -> logback(moment, thrown);
            case PYTHON -> python(moment, thrown);
            case NODE_JSON -> node(moment, thrown);
            case GO -> go(moment, thrown);
            case NGINX -> nginx(moment, thrown);
            case LOGFMT -> logfmt(moment, thrown);
        };
        boolean silent = service.severityInText() || service.voice() == Voice.NGINX;
        boolean traced = service.voice() != Voice.NGINX;
        return new Signal.Log(
                moment.resource(),
                moment.timeNanos(),
                silent ? 0 : moment.level().number(),
                silent ? null : moment.level().name(),
                body,
                traced ? moment.traceId() : null,
                traced ? moment.spanId() : null,
                attributes);
    }

    /** An nginx access line; every other voice has none. */
    public Signal.Log access(Moment moment, String request, int status, double seconds) {
        String agent = random.nextInt(3) == 0 ? "okhttp/4.12.0" : "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101";
        String body = Phrase.fill("{ip}", random) + " - - [" + at(NGINX_ACCESS, moment) + "] \""
                + request.replace("{id}", Integer.toString(10_000 + random.nextInt(80_000))) + " HTTP/1.1\" " + status
                + " " + (300 + random.nextInt(20_000)) + " \"-\" \"" + agent + "\" "
                + String.format(Locale.ROOT, "%.3f", seconds);
        return new Signal.Log(moment.resource(), moment.timeNanos(), 0, null, body, null, null, Map.of());
    }

    private String logback(Moment moment, @Nullable Thrown thrown) {
        String line = at(SPACED, moment) + String.format(Locale.ROOT, " %5s", moment.level()) + " 1 --- [" + thread()
                + "] " + service.code() + "." + JavaErrors.camel(moment.part()) + " : " + moment.message();
        return thrown == null ? line : line + "\n\n" + Traces.java(thrown);
    }

    private String python(Moment moment, @Nullable Thrown thrown) {
        String level = switch (moment.level()) {
            case INFO, ERROR -> moment.level().name();
            case WARN -> "WARNING";
            case FATAL -> "CRITICAL";
        };
        String line =
                at(COMMA, moment) + " " + level + " [" + service.code() + "." + moment.part() + "] " + moment.message();
        return thrown == null ? line : line + "\n" + Traces.python(thrown);
    }

    private String node(Moment moment, @Nullable Thrown thrown) {
        int level = 30 + (moment.level().number() - 9) / 4 * 10;
        var line = new StringBuilder()
                .append("{\"level\":")
                .append(level)
                .append(",\"time\":")
                .append(moment.timeNanos() / 1_000_000)
                .append(",\"pid\":1,\"hostname\":")
                .append(Traces.quoted(moment.resource().pod()))
                .append(",\"name\":")
                .append(Traces.quoted(moment.part()));
        if (moment.traceId() != null) {
            line.append(",\"trace_id\":\"").append(moment.traceId()).append('"');
        }
        if (thrown != null) {
            line.append(",\"err\":{\"type\":")
                    .append(Traces.quoted(thrown.type()))
                    .append(",\"message\":")
                    .append(Traces.quoted(thrown.message()))
                    .append(",\"stack\":")
                    .append(Traces.quoted(Traces.node(thrown)))
                    .append('}');
        }
        return line.append(",\"msg\":")
                .append(Traces.quoted(moment.message()))
                .append('}')
                .toString();
    }

    private String go(Moment moment, @Nullable Thrown thrown) {
        String level = moment.level() == Level.FATAL ? "ERROR" : moment.level().name();
        String line = "time=" + at(ISO, moment) + " level=" + level + " msg=" + Traces.quoted(moment.message())
                + " component=" + moment.part();
        if (thrown != null) {
            line += " err=" + Traces.quoted(thrown.message());
            line += thrown.frames().isEmpty() ? "" : "\n" + Traces.go(thrown);
        }
        return line;
    }

    private String logfmt(Moment moment, @Nullable Thrown thrown) {
        String level =
                moment.level() == Level.FATAL ? "error" : moment.level().name().toLowerCase(Locale.ROOT);
        String line = "ts=" + at(ISO, moment) + " level=" + level + " target=" + service.code() + "::" + moment.part();
        if (moment.traceId() != null) {
            line += " trace_id=" + moment.traceId();
        }
        line += " msg=" + Traces.quoted(moment.message());
        return thrown == null
                ? line
                : line + " error_type=" + thrown.type() + " error=" + Traces.quoted(thrown.message());
    }

    private String nginx(Moment moment, @Nullable Thrown thrown) {
        return at(NGINX_ERROR, moment) + " [" + moment.level().name().toLowerCase(Locale.ROOT) + "] 29#29: "
                + (thrown == null ? moment.message() : "*" + (100 + random.nextInt(90_000)) + " " + thrown.message());
    }

    private String thread() {
        return "nio-8080-exec-" + (1 + random.nextInt(service.workers()));
    }

    private static String at(DateTimeFormatter format, Moment moment) {
        return format.format(Instant.ofEpochSecond(0, moment.timeNanos()));
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
