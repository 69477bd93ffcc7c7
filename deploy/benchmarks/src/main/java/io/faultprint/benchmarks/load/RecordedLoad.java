package io.faultprint.benchmarks.load;

import io.faultprint.benchmarks.load.Events.Keyed;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The same events, window after window with their heartbeats, into the event topics of a run: of eight events five are
 * lines and three the spans of a trace.
 */
public final class RecordedLoad {

    /** As ingest sends. */
    public static final Map<String, Object> SAFE = Map.of("acks", "all", "enable.idempotence", true);

    private static final List<String> NAMES =
            List.of("gateway", "orders", "payments", "stock", "mail", "search", "users", "ledger");
    private static final int WINDOW_COUNT = 40;
    private static final long BEGIN = 1_700_000_000_000L;

    private final AvroCodec codec = AvroCodec.bundled();
    private final Windows windows = Windows.DEFAULT;
    private final Partitions partitions;
    private final List<String> services;
    private final int perWindow;

    private RecordedLoad(Partitions partitions, List<String> services, int events) {
        this.partitions = partitions;
        this.services = services;
        this.perWindow = Math.max(1, events / WINDOW_COUNT);
    }

    /** Of the eight services of a shop. */
    public static RecordedLoad shop(Partitions partitions, int events) {
        return new RecordedLoad(partitions, NAMES, events);
    }

    /** Of so many services: more state for as many events. */
    public static RecordedLoad wide(Partitions partitions, int services, int events) {
        List<String> names = IntStream.range(0, services)
                .mapToObj(n -> NAMES.get(n % NAMES.size()) + "-" + n)
                .toList();
        return new RecordedLoad(partitions, names, events);
    }

    public long events() {
        return (long) WINDOW_COUNT * perWindow;
    }

    /**
     * Writes all of it, and a final heartbeat, as ingest does; returns when the last is acknowledged.
     *
     * @param producer settings beside the serializers and the address
     */
    public void write(String kafka, Run run, Map<String, Object> producer) {
        Map<String, Object> settings = new HashMap<>(producer);
        settings.put("bootstrap.servers", kafka);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 128 << 10);
        settings.put("compression.type", "lz4");
        Random random = new Random(1);
        long begin = windows.startOf(BEGIN);
        AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> out =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            Out to = new Out(out, run, lost);
            beat(to, Events.beat(begin, begin, false));
            for (int window = 0; window < WINDOW_COUNT; window++) {
                long start = begin + window * windows.sizeMillis();
                for (int i = 0; i < perWindow; i++) {
                    send(to, event(random, start + i * windows.sizeMillis() / perWindow, i));
                }
                beat(to, Events.beat(begin, start + windows.sizeMillis(), window == WINDOW_COUNT - 1));
            }
            out.flush();
        }
        Exception problem = lost.get();
        if (problem != null) {
            throw new IllegalStateException("the load could not be written", problem);
        }
    }

    private record Out(KafkaProducer<String, byte[]> producer, Run run, AtomicReference<@Nullable Exception> lost) {

        void send(ProducerRecord<String, byte[]> record) {
            var unused = producer.send(record, (metadata, problem) -> lost.compareAndSet(null, problem));
        }
    }

    private Keyed event(Random random, long time, int i) {
        String service = services.get(random.nextInt(services.size()));
        Envelope envelope = Events.envelope(service, service + "-" + random.nextInt(3), time, i);
        if (i % 8 < 5) {
            String body = "request " + random.nextInt(1_000_000) + " of user " + random.nextInt(10_000) + " served in "
                    + random.nextInt(90) + " ms, " + NAMES.get(random.nextInt(NAMES.size())) + " answered";
            return Events.log(envelope, body, "http-" + random.nextInt(16));
        }
        return Events.span(envelope, "%032x".formatted(time * 100 + i / 8), i % 8 - 5);
    }

    private void send(Out to, Keyed event) {
        String topic = to.run().topic(event.topic().name());
        to.send(new ProducerRecord<>(
                topic,
                Keys.partition(event.key(), partitions.of(event.topic())),
                event.key(),
                codec.encode(topic, event.value())));
    }

    private void beat(Out to, Heartbeat beat) {
        for (Topic topic : Topics.eventTopics()) {
            for (int partition = 0; partition < partitions.of(topic); partition++) {
                String name = to.run().topic(topic.name());
                to.send(new ProducerRecord<>(name, partition, null, codec.encode(name, beat)));
            }
        }
    }
}
