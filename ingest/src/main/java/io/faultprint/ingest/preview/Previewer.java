package io.faultprint.ingest.preview;

import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.event.SpanEvent;
import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.Reader;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Reads records as the door of their topic would, and says what comes of them. Used once. */
public final class Previewer {

    private static final long FUTURE = 300_000;

    /** Every window of every service waits for the lateness; more than this is for the shipper to mend. */
    private static final long LONGEST_LATENESS = 300_000;

    private final String topic;
    private final TopicSettings settings;
    private final boolean serviceIsMadeUp;
    private final long latenessMillis;
    private final Redactor redactor = new Redactor(new TokenKey(TokenKey.LOCAL));
    private final Normaliser normaliser = new Normaliser(redactor, Limits.DEFAULT);
    private final Tables tables = new Tables(redactor);
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private int events;
    private int noService;
    private int noTime;
    private int noLevel;
    private int logs;
    private int late;
    private long latest;
    private boolean keyed;
    private int clamped;
    private int cut;

    private Previewer(String topic, TopicSettings settings, boolean serviceIsMadeUp, long latenessMillis) {
        this.topic = topic;
        this.settings = settings;
        this.serviceIsMadeUp = serviceIsMadeUp;
        this.latenessMillis = latenessMillis;
    }

    /** Of a topic that is set up so. */
    public static Previewer of(String topic, TopicSettings settings, long latenessMillis) {
        return new Previewer(topic, settings, false, latenessMillis);
    }

    /** Of a topic of which the format alone is known. */
    public static Previewer of(String topic, Format format, long latenessMillis) {
        return format.namesServices()
                ? new Previewer(topic, TopicSettings.of(format), false, latenessMillis)
                : new Previewer(topic, Guess.anyService(format), true, latenessMillis);
    }

    /**
     * What a file must hold so that a topic is read with this format, for a format whose records name no service also one
     * that does: each line as it stands there.
     */
    public static List<String> lines(String topic, Format format, String service, List<String> serviceFrom) {
        List<String> lines = new ArrayList<>();
        lines.add(ConfigLine.ofTopic(topic, "format", format.written()));
        boolean named = !service.isEmpty() || !serviceFrom.isEmpty() || format.namesServices();
        if (!serviceFrom.isEmpty()) {
            lines.add(ConfigLine.ofTopic(topic, "service-from", String.join(",", serviceFrom)));
        }
        if (!service.isEmpty()) {
            lines.add(ConfigLine.ofTopic(topic, "service", service));
        }
        if (!named) {
            lines.add(
                    format.hasFields()
                            ? ConfigLine.ofTopic(topic, "service-from", "host")
                            : ConfigLine.of(
                                    "topics." + topic + ".service", topic, "or whatever the service is called"));
        }
        return lines;
    }

    /** What would become of these. */
    public Preview preview(List<ForeignRecord> records) {
        Reader reader = Format.reader(settings);
        int refused = 0;
        for (ForeignRecord record : records) {
            keyed |= record.key() != null && !record.key().isBlank();
            Decoded decoded = reader.read(record, tables::field);
            if (decoded instanceof Decoded.Request request) {
                Source source = new Source("preview", Math.max(record.time(), 1), null, FUTURE, false);
                normaliser.normalise(request.message(), source, outcome -> take(outcome, record));
                request.spoiled().forEach(spoiled -> refuse(spoiled.why()));
            } else {
                refuse(
                        decoded instanceof Decoded.Undecodable undecodable
                                ? undecodable.why()
                                : "more parts than a record may have");
            }
        }
        for (int times : refusals.values()) {
            refused += times;
        }
        boolean byRecord = settings.format().hasFields() && settings.format() != Format.COLLECTD;
        return new Preview(
                records.size(),
                events,
                refused + noService,
                tables.rows(byRecord ? records.size() : events),
                problems());
    }

    private void refuse(String why) {
        refusals.merge(why, 1, Integer::sum);
    }

    private void take(Outcome outcome, ForeignRecord record) {
        if (outcome instanceof Outcome.Rejected rejected && rejected.cause() == Cause.NO_SERVICE) {
            noService++;
        } else if (outcome instanceof Outcome.Rejected rejected) {
            refuse(rejected.cause() + ": " + rejected.message());
        } else if (outcome instanceof Outcome.Parsed parsed) {
            events++;
            event(parsed.event(), record);
        }
    }

    private void event(SpecificRecord event, ForeignRecord record) {
        if (!settings.format().hasFields() || settings.format() == Format.COLLECTD) {
            tables.event(event);
        }
        Envelope envelope;
        if (event instanceof LogEvent log) {
            envelope = log.getEnvelope();
            logs++;
            noLevel += log.getSeverityFrom() == SeverityFrom.NONE ? 1 : 0;
            noTime += envelope.getEventTime() == record.time() && settings.format() != Format.TEXT ? 1 : 0;
            cut += log.getAttributesCut() > 0 || log.getCutBytes() > 0 ? 1 : 0;
        } else if (event instanceof MetricEvent metric) {
            envelope = metric.getEnvelope();
        } else {
            envelope = ((SpanEvent) event).getEnvelope();
        }
        clamped += envelope.getClamped() == null ? 0 : 1;
        long behind = record.time() > 0 ? record.time() - envelope.getEventTime() : 0;
        late += behind > latenessMillis ? 1 : 0;
        latest = Math.max(latest, behind);
    }

    private List<Preview.Problem> problems() {
        List<Preview.Problem> problems = new ArrayList<>();
        int all =
                events + noService + refusals.values().stream().mapToInt(n -> n).sum();
        refusals.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(5)
                .forEach(each -> problems.add(new Preview.Problem(
                        percent(each.getValue(), all) + " cannot be used: " + each.getKey(),
                        List.of(),
                        List.of("another --format, or mend it at the shipper"))));
        if (noService > 0 || serviceIsMadeUp) {
            problems.add(new Preview.Problem(
                    "service.name is missing in " + (serviceIsMadeUp ? "100 %" : percent(noService, all)),
                    namings(),
                    List.of()));
        }
        add(
                problems,
                late,
                events,
                "are older than window.lateness (" + latenessMillis / 1_000 + " s) when they come, and would be late",
                latest <= LONGEST_LATENESS
                        ? List.of(ConfigLine.of(
                                "window.lateness",
                                (latest + 999) / 1_000 + "s",
                                "in every stage, and all of them wait so long"))
                        : List.of(),
                "a faster shipper");
        add(
                problems,
                clamped,
                events,
                "have a time that cannot be believed, and get that of their receipt",
                List.of(),
                "the clock or the time's unit at the shipper");
        add(
                problems,
                noTime,
                logs,
                "have no time of their own, and get their record's",
                List.of(),
                "a time at the shipper");
        add(problems, noLevel, logs, "have no level that is known", List.of(), "a level at the shipper");
        add(problems, cut, logs, "are cut to what is kept of an event", List.of(), "shorter events at the shipper");
        return problems;
    }

    /** What could name the service, the likeliest first; only what this format takes. */
    private List<String> namings() {
        List<String> lines = new ArrayList<>();
        if (settings.format() == Format.COLLECTD) {
            lines.add(ConfigLine.ofTopic(topic, "service-from", "host"));
        } else if (settings.format().hasFields()) {
            tables.couldNameAService().forEach(field -> lines.add(ConfigLine.ofTopic(topic, "service-from", field)));
        }
        if (keyed) {
            lines.add(ConfigLine.ofTopic(topic, "service-from", "kafka.key"));
        }
        lines.add(ConfigLine.of("topics." + topic + ".service", topic, "or whatever the service is called"));
        return lines;
    }

    private static void add(
            List<Preview.Problem> problems, int some, int all, String what, List<String> lines, String elsewhere) {
        if (some > 0) {
            problems.add(new Preview.Problem(percent(some, all) + " of events " + what, lines, List.of(elsewhere)));
        }
    }

    /** Never 0 % of something that is there, nor 100 % of something that is not everywhere. */
    static String percent(int some, int all) {
        if (some == all) {
            return "100 %";
        }
        return Math.max(1, Math.min(99, Math.round(100.0 * some / Math.max(all, 1)))) + " %";
    }
}
