package io.faultprint.ingest.preview;

import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.ingest.redact.Redactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Counts fields and keeps an example of each. */
final class Tables {

    private static final int MOST_ROWS = 60;
    private static final int EXAMPLE = 60;

    private record Place(String field, String where) {}

    private static final class Seen {
        private int times;
        private String example = "";
    }

    private final Redactor redactor;
    private final Map<Place, Seen> seen = new LinkedHashMap<>();

    Tables(Redactor redactor) {
        this.redactor = redactor;
    }

    /** A field of a record; redacted before any of it is kept. */
    void field(String field, String where, String value) {
        see(field, where, redactor.redact(field, value.substring(0, Math.min(value.length(), 4 << 10))));
    }

    /** What an event has, for formats whose records have no fields of their own to speak of. */
    void event(SpecificRecord event) {
        if (event instanceof LogEvent log) {
            envelope(log.getEnvelope());
            see("body", "body", log.getBody());
            seeIf(
                    "severity",
                    "level",
                    log.getSeverityNumber() == 0 ? null : log.getSeverityText() + " " + log.getSeverityNumber());
            seeIf("trace id", "trace id", log.getTraceId());
            seeIf("exception.type", "exception type", log.getExceptionType());
            log.getAttributes().forEach((name, value) -> see(name, "attribute " + name, value));
        } else if (event instanceof MetricEvent metric) {
            envelope(metric.getEnvelope());
            see("metric", "name", metric.getName());
            see("kind", "kind and temporality", metric.getKind() + " " + metric.getTemporality());
            metric.getAttributes().forEach((name, value) -> see(name, "attribute " + name, value));
        } else if (event instanceof SpanEvent span) {
            envelope(span.getEnvelope());
            see("span", "name", span.getName());
            see("trace id", "trace id", span.getTraceId());
            span.getAttributes().forEach((name, value) -> see(name, "attribute " + name, value));
        }
    }

    private void envelope(Envelope envelope) {
        see("service", "service", envelope.getService());
        seeIf("instance", "instance", envelope.getInstance());
        seeIf("version", "version", envelope.getVersion());
        see("environment", "environment", envelope.getEnvironment());
    }

    private void seeIf(String field, String where, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            see(field, where, value);
        }
    }

    private void see(String field, String where, String value) {
        Seen here = seen.computeIfAbsent(new Place(field, where), first -> new Seen());
        here.times++;
        if (here.example.isEmpty()) {
            String line = value.strip().replaceAll("\\p{Cntrl}+", " ");
            here.example = line.length() <= EXAMPLE ? line : line.substring(0, EXAMPLE) + "…";
        }
    }

    /** @param all records or events, of which a row is a share */
    List<Preview.Row> rows(int all) {
        List<Preview.Row> rows = new ArrayList<>();
        seen.forEach((place, here) -> rows.add(new Preview.Row(
                place.field(), place.where(), all == 0 ? 0 : Math.min(1, (double) here.times / all), here.example)));
        rows.sort(Comparator.comparing((Preview.Row row) -> row.where().startsWith("attribute"))
                .thenComparing(row -> row.where().equals("left out"))
                .thenComparing(Comparator.comparingDouble(Preview.Row::share).reversed()));
        return rows.stream().limit(MOST_ROWS).toList();
    }

    /** Fields that became attributes and could be the name of a service, the likeliest first. */
    List<String> couldNameAService() {
        return seen.keySet().stream()
                .filter(place -> place.where().startsWith("attribute "))
                .map(Place::field)
                .filter(field -> field.matches(
                        // What holds a comma or a blank cannot be written into a list.
                        "(?i)[^,\\s]*(service|app|application|program|component|container|deployment)[_.-]?(name|id)?"))
                .limit(3)
                .toList();
    }
}
