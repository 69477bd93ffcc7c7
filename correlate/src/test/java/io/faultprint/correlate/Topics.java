package io.faultprint.correlate;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Letter;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topics of one run on a real broker, as ingest writes them and as anybody reads them. */
final class Topics implements AutoCloseable {

    static final int PARTITIONS = 2;

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final List<String> EVENTS = List.of("logs", "metrics", "spans", "changes", "alerts");

    private final String address;
    private final int partitions;
    private final Run run;
    private final KafkaProducer<String, byte[]> producer;

    Topics(String address, String run) {
        this(address, run, PARTITIONS);
    }

    Topics(String address, String run, int partitions) {
        this.partitions = partitions;
        this.address = address;
        this.run = new Run("faultprint", run);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            new TopicAdmin(admin, this.run, new Partitions(partitions, 1)).ensure((short) 1);
        }
        // One request at a time: a partition that has just been created may refuse the first and take the second, and
        // then the first is out of order for ever.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        address,
                        "max.request.size",
                        2 << 20,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Whether an application has committed that it has read everything in the event topics. */
    boolean drained(String application) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                            run.application(application))
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> inputs = new HashMap<>();
            EVENTS.forEach(topic -> IntStream.range(0, partitions)
                    .forEach(p -> inputs.put(new TopicPartition(run.topic(topic), p), OffsetSpec.latest())));
            return admin.listOffsets(inputs).all().get().entrySet().stream()
                    .allMatch(end -> committed.containsKey(end.getKey())
                            && committed.get(end.getKey()).offset()
                                    >= end.getValue().offset());
        }
    }

    void send(List<SpecificRecord> events) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (SpecificRecord event : events) {
            Envelope envelope = (Envelope) event.get(0);
            String key = event instanceof SpanEvent span
                    ? Keys.trace(envelope.getEnvironment(), span.getTraceId())
                    : event instanceof ChangeEvent || event instanceof AlertEvent
                            ? envelope.getEnvironment()
                            : Keys.service(envelope.getEnvironment(), envelope.getService());
            sent.add(producer.send(record(topicOf(event), null, key, event)));
        }
        acknowledged(sent);
    }

    /** Bytes as they are, whatever they are. */
    void raw(String topic, String key, byte[] value) throws Exception {
        acknowledged(List.of(producer.send(new ProducerRecord<>(run.topic(topic), key, value))));
    }

    /** The causes of all letters. */
    List<String> causes() {
        return records("dead-letters").stream()
                .map(r -> new String(r.headers().lastHeader(Letter.CAUSE).value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Whether every source has closed the windows up to here. */
    boolean ticked(long upTo) {
        return ticks().stream()
                        .filter(tick -> tick.getUpTo() >= upTo)
                        .map(Tick::getSource)
                        .distinct()
                        .count()
                == partitions;
    }

    /** The door's promise, into every partition of every event topic. */
    void beat(Heartbeat beat) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String topic : EVENTS) {
            for (int partition = 0; partition < partitions; partition++) {
                sent.add(producer.send(record(topic, partition, "", beat)));
            }
        }
        acknowledged(sent);
    }

    private void acknowledged(List<Future<RecordMetadata>> sent) throws Exception {
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private ProducerRecord<String, byte[]> record(
            String topic, @Nullable Integer partition, String key, SpecificRecord value) {
        return new ProducerRecord<>(run.topic(topic), partition, key, CODEC.encode(topic, value));
    }

    /** All committed records as text, sorted, ticks without counts: which tick counts an event is not fixed. */
    List<String> read(String topic) {
        return records(topic).stream()
                .map(r -> topic.equals("late") || topic.equals("dead-letters")
                        ? String.valueOf(r.key())
                        : r.key() + " " + withoutCounts(CODEC.decode(r.value())))
                .sorted()
                .toList();
    }

    private static SpecificRecord withoutCounts(SpecificRecord value) {
        return value instanceof Tick tick
                ? Tick.newBuilder(tick).setCounts(List.of()).setCuts(List.of()).build()
                : value;
    }

    /** What the ticks count of each kind of event, added up. */
    List<String> losses() {
        Map<String, long[]> sums = new TreeMap<>();
        ticks().forEach(tick -> tick.getCounts().forEach(c -> {
            long[] sum = sums.computeIfAbsent(c.getKind(), kind -> new long[6]);
            long[] more = {c.getIn(), c.getKept(), c.getLate(), c.getDuplicated(), c.getDeadLettered(), c.getDropped()};
            Arrays.setAll(sum, i -> sum[i] + more[i]);
        }));
        return sums.entrySet().stream()
                .map(e -> e.getKey() + " " + Arrays.toString(e.getValue()))
                .toList();
    }

    /** What the ticks say that bounds left out, added up. */
    List<String> cuts() {
        Map<String, Long> sums = new TreeMap<>();
        ticks().forEach(tick -> tick.getCuts().forEach(c -> sums.merge(c.getBound(), c.getCount(), Long::sum)));
        return sums.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .toList();
    }

    List<Incident> incidents() {
        return records("incidents").stream()
                .map(r -> (Incident) CODEC.decode(r.value()))
                .toList();
    }

    /** Whether every source has said that nothing follows. */
    boolean ended() {
        return ticks().stream()
                        .filter(Tick::getEnded)
                        .map(Tick::getSource)
                        .distinct()
                        .count()
                == partitions;
    }

    /** Events kept, by the ticks. */
    long kept() {
        return ticks().stream()
                .flatMap(tick -> tick.getCounts().stream())
                .mapToLong(LossCount::getKept)
                .sum();
    }

    private List<Tick> ticks() {
        return records("digests").stream()
                .filter(r -> r.value().length < 100_000)
                .map(r -> CODEC.decode(r.value()))
                .filter(Tick.class::isInstance)
                .map(Tick.class::cast)
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        // Closing waits for the fetch that is under way, by default half a second.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed", "fetch.max.wait.ms", 50);
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(run.topic(topic)).size())
                    .mapToObj(partition -> new TopicPartition(run.topic(topic), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    private static String topicOf(SpecificRecord event) {
        if (event instanceof LogEvent) {
            return "logs";
        }
        return event instanceof MetricEvent ? "metrics" : event instanceof SpanEvent ? "spans" : "changes";
    }

    @Override
    public void close() {
        producer.close();
    }
}
