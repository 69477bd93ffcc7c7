package io.faultprint.benchmarks;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The same events, window after window with their heartbeats, into the event topics of a run. */
final class RecordedLoad {

    private static final List<String> SERVICES =
            List.of("gateway", "orders", "payments", "stock", "mail", "search", "users", "ledger");

    private final AvroCodec codec = AvroCodec.bundled();
    private final Windows windows;
    private final Partitions partitions;
    private final int windowCount;
    private final int perWindow;

    RecordedLoad(Windows windows, Partitions partitions, int windowCount, int perWindow) {
        this.windows = windows;
        this.partitions = partitions;
        this.windowCount = windowCount;
        this.perWindow = perWindow;
    }

    long events() {
        return (long) windowCount * perWindow;
    }

    /**
     * Writes all of it, and a final heartbeat, as ingest does.
     *
     * @param producer settings beside the serializers and the address
     * @return how many nanoseconds it took until the last was acknowledged
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the flush waits for all, the callback fails the whole
    long write(String kafka, Run run, Map<String, Object> producer) {
        Map<String, Object> settings = new java.util.HashMap<>(producer);
        settings.put("bootstrap.servers", kafka);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 128 << 10);
        settings.put("compression.type", "lz4");
        Random random = new Random(1);
        long begin = windows.startOf(1_700_000_000_000L);
        long began = System.nanoTime();
        try (KafkaProducer<String, byte[]> out =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            beat(out, run, begin, begin, false);
            for (int window = 0; window < windowCount; window++) {
                long start = begin + window * windows.sizeMillis();
                for (int i = 0; i < perWindow; i++) {
                    long time = start + i * windows.sizeMillis() / perWindow;
                    send(out, run, event(random, time, i));
                }
                beat(out, run, begin, start + windows.sizeMillis(), window == windowCount - 1);
            }
            out.flush();
        }
        return System.nanoTime() - began;
    }

    private record Keyed(Topic topic, String key, org.apache.avro.specific.SpecificRecord value) {}

    /** Of eight events five are lines and three the spans of a trace. */
    private static Keyed event(Random random, long time, int i) {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        Envelope envelope = new Envelope(
                "prod",
                service,
                service + "-" + random.nextInt(3),
                "1.0",
                time,
                "door",
                "batch-" + i / 100,
                i % 100,
                time,
                null);
        if (i % 8 < 5) {
            LogEvent log = LogEvent.newBuilder()
                    .setEnvelope(envelope)
                    .setSeverityNumber(9)
                    .setSeverityFrom(SeverityFrom.RECORD)
                    .setBody("request " + random.nextInt(1_000_000) + " of user " + random.nextInt(10_000)
                            + " served in " + random.nextInt(90) + " ms, " + SERVICES.get(random.nextInt(8))
                            + " answered")
                    .setAttributes(Map.of("thread", "http-" + random.nextInt(16)))
                    .build();
            return new Keyed(Topics.LOGS, Keys.service("prod", service), log);
        }
        String trace = "%032x".formatted(time * 100 + i / 8);
        SpanEvent span = SpanEvent.newBuilder()
                .setEnvelope(envelope)
                .setTraceId(trace)
                .setSpanId("%016x".formatted(i % 8))
                .setParentSpanId(i % 8 == 5 ? null : "%016x".formatted(i % 8 - 1))
                .setName("POST /" + service)
                .setKind(SpanKind.SERVER)
                .setStartTime(time - 20)
                .setDurationNanos(20_000_000L)
                .setStatus(SpanStatus.UNSET)
                .build();
        return new Keyed(Topics.SPANS, Keys.trace("prod", trace), span);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(KafkaProducer<String, byte[]> out, Run run, Keyed event) {
        String topic = run.topic(event.topic().name());
        out.send(new ProducerRecord<>(
                topic,
                Keys.partition(event.key(), partitions.of(event.topic())),
                event.key(),
                codec.encode(topic, event.value())));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void beat(KafkaProducer<String, byte[]> out, Run run, long from, long watermark, boolean last) {
        Heartbeat beat = new Heartbeat("door", 1L, from, watermark, last, false);
        for (Topic topic : Topics.eventTopics()) {
            for (int partition = 0; partition < partitions.of(topic); partition++) {
                String name = run.topic(topic.name());
                out.send(new ProducerRecord<>(name, partition, null, codec.encode(name, beat)));
            }
        }
    }
}
