package io.faultprint.chaos.oracle;

import io.faultprint.chaos.world.Slot;
import io.faultprint.chaos.world.World;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The event topics read once more, by an undisturbed correlate, as a run of its own: what it says must be what was said
 * under faults, byte for byte. The copies keep partition, order and append time, so it is the same log.
 */
public final class SecondReading {

    private static final Run AGAIN = new Run(WorldSettings.RUN.prefix(), "again");
    private static final List<Topic> SAID =
            List.of(Topics.SNAPSHOTS, Topics.DIGESTS, Topics.SIGNATURES, Topics.INCIDENTS, Topics.CLUSTERS);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String PROMISE = "an undisturbed second reading says the same";
    private static final long LOOK_MILLIS = 500;
    private static final int QUIET_LOOKS = 6;

    private final World world;
    private final AvroCodec codec = AvroCodec.bundled();

    public SecondReading(World world) {
        this.world = world;
    }

    /** Copies, reads again, compares. */
    public Finding look() throws InterruptedException {
        try {
            createTopics();
            copy();
        } catch (ExecutionException e) {
            return new Finding(PROMISE, false, "could not be made: " + e);
        }
        try (Slot slot = world.another(AGAIN);
                Reader again = reader(AGAIN)) {
            Said said = new Said(AGAIN);
            Map<String, List<byte[]>> second = new TreeMap<>();
            Map<String, List<byte[]>> first = new TreeMap<>();
            long target;
            try (Reader before = reader(WorldSettings.RUN)) {
                Said once = new Said(WorldSettings.RUN);
                before.read(record -> {
                    once.accept(record);
                    keep(record, first);
                });
                target = once.closedUpTo() - 4 * WorldSettings.WINDOWS.sizeMillis();
            }
            if (!follow(again, said, second, target)) {
                return new Finding(
                        PROMISE,
                        false,
                        "it came to %d, not to %d, within %d s (%s)"
                                .formatted(said.closedUpTo(), target, PATIENCE.toSeconds(), slot.exits()));
            }
            return compare(first, second, Math.min(target, said.closedUpTo()), slot);
        }
    }

    /** Reads on until the windows are closed that far, and what depends on them is said too. */
    private boolean follow(Reader again, Said said, Map<String, List<byte[]>> into, long target)
            throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            if (System.nanoTime() > until) {
                return false;
            }
            int[] records = new int[1];
            again.read(record -> {
                said.accept(record);
                keep(record, into);
                records[0]++;
            });
            quiet = said.closedUpTo() >= target && records[0] == 0 ? quiet + 1 : 0;
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private Reader reader(Run run) {
        return new Reader(world.kafka(), run, WorldSettings.PARTITIONS, SAID);
    }

    private void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", world.kafka()))) {
            List<NewTopic> topics = Topics.eventTopics().stream()
                    .map(topic -> new NewTopic(
                                    AGAIN.topic(topic.name()),
                                    Optional.of(WorldSettings.PARTITIONS.of(topic)),
                                    Optional.empty())
                            .configs(Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1")))
                    .toList();
            admin.createTopics(topics).all().get();
            new TopicAdmin(admin, AGAIN, WorldSettings.PARTITIONS).ensure((short) 1);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flush and the count at the end tell
    private void copy() throws ExecutionException, InterruptedException {
        List<String> refused = new ArrayList<>();
        try (Reader events =
                        new Reader(world.kafka(), WorldSettings.RUN, WorldSettings.PARTITIONS, Topics.eventTopics());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        // One request at a time: a partition that was just made may refuse the first and take the
                        // second.
                        Map.of(
                                "bootstrap.servers",
                                world.kafka(),
                                "linger.ms",
                                20,
                                "max.in.flight.requests.per.connection",
                                1),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            events.read(record -> producer.send(
                    new ProducerRecord<>(
                            AGAIN.topic(record.topic().substring(record.topic().lastIndexOf('.') + 1)),
                            record.partition(),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()),
                    (metadata, problem) -> {
                        if (problem != null) {
                            refused.add(problem.toString());
                        }
                    }));
            producer.flush();
        }
        if (!refused.isEmpty()) {
            throw new ExecutionException(new IllegalStateException(refused.get(0)));
        }
    }

    /**
     * Ticks carry counts since the tick before, which may be cut otherwise; their sums are checked elsewhere. Digests of
     * one environment come from several tasks side by side, so only each service's own are in an order.
     */
    private void keep(ConsumerRecord<byte[], byte[]> record, Map<String, List<byte[]>> into) {
        byte[] value = record.value();
        if (value == null) {
            return;
        }
        SpecificRecord decoded;
        try {
            decoded = codec.decode(value);
        } catch (MalformedRecord poison) {
            return;
        }
        if (!(decoded instanceof Tick)) {
            String topic = record.topic().substring(record.topic().lastIndexOf('.') + 1);
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            String service = decoded instanceof Digest digest ? "/" + digest.getService() : "";
            into.computeIfAbsent(topic + " " + key + service, name -> new ArrayList<>())
                    .add(value);
        }
    }

    private Finding compare(Map<String, List<byte[]>> first, Map<String, List<byte[]>> second, long closed, Slot slot) {
        List<String> wrong = new ArrayList<>();
        long equal = 0;
        Map<String, List<byte[]>> all = new HashMap<>(first);
        all.putAll(second);
        for (String key : new TreeMap<>(all).keySet()) {
            List<byte[]> a = first.getOrDefault(key, List.of());
            List<byte[]> b = second.getOrDefault(key, List.of());
            int common = Math.min(a.size(), b.size());
            for (int i = 0; i < common; i++) {
                if (Arrays.equals(a.get(i), b.get(i))) {
                    equal++;
                } else {
                    wrong.add("%s, record %d: %s but %s"
                            .formatted(key, i, codec.decode(a.get(i)), codec.decode(b.get(i))));
                    break;
                }
            }
            for (byte[] more : (a.size() > b.size() ? a : b).subList(common, Math.max(a.size(), b.size()))) {
                if (knownAt(codec.decode(more)) <= closed) {
                    wrong.add("%s: said %d times under faults, %d times without: %s"
                            .formatted(key, a.size(), b.size(), codec.decode(more)));
                    break;
                }
            }
        }
        if (!slot.exits().isEmpty()) {
            wrong.add("the second reader ended: " + slot.exits());
        }
        return Finding.of(
                PROMISE,
                wrong.isEmpty() ? "" : wrong.size() + " keys differ, the first: " + shortened(wrong.get(0)),
                "%,d records equal byte for byte".formatted(equal));
    }

    /** End of the window that a record is about. */
    private static long knownAt(SpecificRecord value) {
        if (value instanceof Snapshot snapshot) {
            return snapshot.getWindowEnd();
        } else if (value instanceof Digest digest) {
            return digest.getWindowEnd();
        } else if (value instanceof Incident incident) {
            return incident.getAsOf() - WorldSettings.WINDOWS.latenessMillis();
        } else if (value instanceof Cluster cluster) {
            return cluster.getAsOf() - WorldSettings.WINDOWS.latenessMillis();
        }
        return value instanceof SignatureEntry entry
                ? WorldSettings.WINDOWS.endOf(entry.getLastSeen())
                : Long.MAX_VALUE;
    }

    private static String shortened(String text) {
        return text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text;
    }
}
