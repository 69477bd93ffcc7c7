package io.faultprint.chaos.fault;

import io.faultprint.chaos.oracle.Place;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.event.Envelope;
import io.faultprint.event.NoteEvent;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records that nobody can use into every topic whose readers keep dead letters. */
final class Poison {

    private static final List<Topic> READ = List.of(
            Topics.LOGS,
            Topics.METRICS,
            Topics.SPANS,
            Topics.CHANGES,
            Topics.ALERTS,
            Topics.PARTIALS,
            Topics.SNAPSHOTS,
            Topics.SIGNATURES,
            Topics.DIGESTS,
            Topics.INCIDENTS,
            Topics.CLUSTERS,
            Topics.DIAGNOSES);

    private final String kafka;
    private final Set<Place> places = new TreeSet<>();

    Poison(String kafka) {
        this.kafka = kafka;
    }

    void put(Random random) throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        60_000,
                        "request.timeout.ms",
                        5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Topic topic : READ) {
                for (byte[] value : values(random)) {
                    put(producer, topic, value, random);
                }
            }
        }
    }

    private void put(KafkaProducer<byte[], byte[]> producer, Topic topic, byte[] value, Random random)
            throws InterruptedException {
        int partition = random.nextInt(WorldSettings.PARTITIONS.of(topic));
        byte[] key = ("chaos/poison-" + random.nextInt(1_000_000)).getBytes(StandardCharsets.UTF_8);
        try {
            RecordMetadata there = producer.send(
                            new ProducerRecord<>(WorldSettings.RUN.topic(topic.name()), partition, key, value))
                    .get();
            synchronized (places) {
                places.add(new Place(there.topic(), there.partition(), there.offset()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker takes no poison: " + e.getCause(), e.getCause());
        }
    }

    /** Nothing at all, chance, a beginning without an end, and a good record of a type that none of these topics holds. */
    private static List<byte[]> values(Random random) {
        byte[] chance = new byte[1 + random.nextInt(200)];
        random.nextBytes(chance);
        byte[] good = AvroCodec.bundled().encode("poison", note());
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 3);
        return List.of(new byte[0], chance, cut, good);
    }

    private static NoteEvent note() {
        return NoteEvent.newBuilder()
                .setEnvelope(new Envelope("chaos", "", "", "", 0L, "chaos", null, 0, 0L, null))
                .setId("poison")
                .setText("a note that stands where no note belongs")
                .build();
    }

    /** Where they stand. */
    Set<Place> places() {
        synchronized (places) {
            return new TreeSet<>(places);
        }
    }
}
