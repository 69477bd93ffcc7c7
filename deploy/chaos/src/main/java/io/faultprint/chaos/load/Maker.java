package io.faultprint.chaos.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the requests of one sender: logs, a metric point, whole traces, now and then a change. */
final class Maker {

    private static final int SPANS_OF_A_TRACE = 3;
    private static final int CHANGE_EVERY = 300;

    /** Whose counter is sent. */
    private static final String COUNTED = "gateway";

    private final String sender;
    private final boolean keyed;
    private final long clockOffset;
    private final Shop shop;
    private final Book book;
    private final Random random;
    private long sequence;
    private long batches;

    /**
     * @param keyed whether requests carry a batch id
     * @param clockOffset how far the sender's clock is off, in milliseconds
     */
    Maker(String sender, boolean keyed, long clockOffset, Shop shop, Book book, Random random) {
        this.sender = sender;
        this.keyed = keyed;
        this.clockOffset = clockOffset;
        this.shop = shop;
        this.book = book;
        this.random = random;
    }

    /** What the sender has to say now: so many events, or a few more. */
    List<Request> requests(long now, int events) {
        List<Request> requests = new ArrayList<>();
        int traces = events / 8;
        requests.add(logs(now, Math.max(1, events - SPANS_OF_A_TRACE * traces - 1)));
        requests.add(metric(now));
        if (traces > 0) {
            requests.add(spans(now, traces));
        }
        if (batches / requests.size() % CHANGE_EVERY == CHANGE_EVERY - 1) {
            requests.add(change(now));
        }
        return requests;
    }

    private Request logs(long now, int lines) {
        Otlp otlp = Otlp.logs(sender);
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            Shop.Said said = shop.say(now, random);
            Stamp stamp = stamp(Book.Kind.LOGS, said.service(), now, stamps);
            ObjectNode record = otlp.record(said.service());
            record.put("timeUnixNano", Otlp.nanos(now + clockOffset));
            record.put("severityNumber", said.severity());
            record.putObject("body").put("stringValue", said.body());
            Otlp.attribute(record.putArray("attributes"), Stamp.ATTRIBUTE, stamp.text());
        }
        return request(Book.Kind.LOGS, "/v1/logs", otlp.bytes(), stamps);
    }

    /** A counter whose value is the sequence: metric points have no attribute that does not make a series of its own. */
    private Request metric(long now) {
        Otlp otlp = Otlp.metrics(sender);
        List<Stamp> stamps = new ArrayList<>();
        Stamp stamp = stamp(Book.Kind.METRICS, COUNTED, now, stamps);
        ObjectNode metric = otlp.record(COUNTED).put("name", "shipper.sent").put("unit", "{event}");
        ObjectNode sum =
                metric.putObject("sum").put("aggregationTemporality", 2).put("isMonotonic", true);
        sum.putArray("dataPoints")
                .addObject()
                .put("timeUnixNano", Otlp.nanos(now + clockOffset))
                .put("asInt", Long.toString(stamp.sequence()));
        return request(Book.Kind.METRICS, "/v1/metrics", otlp.bytes(), stamps);
    }

    private Request spans(long now, int traces) {
        Otlp otlp = Otlp.spans(sender);
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < traces; i++) {
            String trace = "%016x%016x".formatted(random.nextLong(), random.nextLong());
            String parent = "";
            String callee = random.nextBoolean() ? "payments" : "stock";
            int depth = 0;
            for (String service : List.of("gateway", "orders", callee)) {
                Stamp stamp = stamp(Book.Kind.SPANS, service, now, stamps);
                String id = "%016x".formatted(random.nextLong() | 1L);
                ObjectNode span = otlp.record(service);
                span.put("traceId", trace).put("spanId", id).put("parentSpanId", parent);
                span.put("name", "POST /" + service).put("kind", 2);
                span.put("startTimeUnixNano", Otlp.nanos(now + clockOffset - 60 + 10L * depth++));
                span.put("endTimeUnixNano", Otlp.nanos(now + clockOffset));
                if (shop.fails(callee, now)) {
                    span.putObject("status").put("code", 2);
                }
                Otlp.attribute(span.putArray("attributes"), Stamp.ATTRIBUTE, stamp.text());
                parent = id;
            }
        }
        return request(Book.Kind.SPANS, "/v1/traces", otlp.bytes(), stamps);
    }

    private Request change(long now) {
        List<Stamp> stamps = new ArrayList<>();
        String service = Shop.SERVICES.get(random.nextInt(Shop.SERVICES.size()));
        Stamp stamp = stamp(Book.Kind.CHANGES, service, now, stamps);
        String json = "{\"id\":\"%s\",\"kind\":\"deploy\",\"environment\":\"%s\",\"services\":[\"%s\"],\"time\":%d}"
                .formatted(stamp.text(), Otlp.ENVIRONMENT, service, now + clockOffset);
        return request(Book.Kind.CHANGES, "/v1/changes", json.getBytes(StandardCharsets.UTF_8), stamps);
    }

    private Stamp stamp(Book.Kind kind, String service, long now, List<Stamp> stamps) {
        Stamp stamp = new Stamp(sender, ++sequence);
        book.made(kind, stamp, service, now + clockOffset);
        stamps.add(stamp);
        return stamp;
    }

    private Request request(Book.Kind kind, String path, byte[] body, List<Stamp> stamps) {
        batches++;
        return new Request(kind, path, keyed ? sender + "-batch-" + batches : "", body, List.copyOf(stamps));
    }
}
