package io.faultprint.benchmarks;

import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.topology.signals.SignalsSettings;
import io.faultprint.correlate.topology.signals.SignalsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.Logs;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the guarantees cost: the same recorded load through the signals application on a real broker, exactly once and at
 * least once, in turn; and into the broker with and without an idempotent producer that waits for all replicas.
 *
 * <p>Arguments: rounds (default 5), events (default 200000).
 */
public final class GuaranteePrice {

    private static final Windows WINDOWS = Windows.DEFAULT;
    private static final Partitions PARTITIONS = new Partitions(4, 1);
    private static final int WINDOW_COUNT = 40;
    private static final Map<String, Object> SAFE = Map.of("acks", "all", "enable.idempotence", true);
    private static final Map<String, Object> QUICK = Map.of("acks", "1", "enable.idempotence", false);

    private final String kafka;
    private final Path directory;
    private final RecordedLoad load;
    private int runs;

    private GuaranteePrice(String kafka, Path directory, RecordedLoad load) {
        this.kafka = kafka;
        this.directory = directory;
        this.load = load;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Logs.off();
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
        Path directory = Files.createTempDirectory("guarantee-price");
        RecordedLoad load = new RecordedLoad(WINDOWS, PARTITIONS, WINDOW_COUNT, events / WINDOW_COUNT);
        try (NodeProcess broker = Nodes.kafka(directory.resolve("kafka"))) {
            new GuaranteePrice(broker.address(), directory, load).compare(rounds);
        }
    }

    private void compare(int rounds) throws InterruptedException {
        List<Double> exactly = new ArrayList<>();
        List<Double> atLeast = new ArrayList<>();
        List<Double> safe = new ArrayList<>();
        List<Double> quick = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Run first = prepared();
            Run second = prepared();
            // Each leads in every second round, so that neither always finds the machine warmer.
            boolean lead = round % 2 == 0;
            double before = lead ? 0 : write(second, QUICK);
            double safeSeconds = write(first, SAFE);
            double quickSeconds = lead ? write(second, QUICK) : before;
            double early = lead ? 0 : drain(second, "at_least_once");
            double exactlySeconds = drain(first, "exactly_once_v2");
            double atLeastSeconds = lead ? drain(second, "at_least_once") : early;
            // The first round warms the broker and this JVM.
            if (round > 0) {
                safe.add(load.events() / safeSeconds);
                quick.add(load.events() / quickSeconds);
                exactly.add(load.events() / exactlySeconds);
                atLeast.add(load.events() / atLeastSeconds);
                System.out.printf(
                        "round %d: signals %,.0f and %,.0f events/s, producer %,.0f and %,.0f%n",
                        round, last(exactly), last(atLeast), last(safe), last(quick));
            }
        }
        tell("signals, exactly once / at least once", exactly, atLeast);
        tell("producer, idempotent acks=all / acks=1", safe, quick);
    }

    private double write(Run run, Map<String, Object> producer) {
        return load.write(kafka, run, producer) / 1e9;
    }

    private Run prepared() {
        Run run = new Run("price", "r" + runs++);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicAdmin(admin, run, PARTITIONS).ensure((short) 1);
        }
        return run;
    }

    /** From the start of the application until every source has said that its last window is closed, in seconds. */
    private double drain(Run run, String guarantee) throws InterruptedException {
        SignalsSettings settings = SignalsSettings.defaults(
                WINDOWS, PARTITIONS.events(), PARTITIONS.incidents(), AnalystSettings.defaults("price"));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka);
        properties.put("application.id", run.application("signals"));
        properties.put("processing.guarantee", guarantee);
        properties.put("commit.interval.ms", 100L);
        properties.put("statestore.cache.max.bytes", 32L << 20);
        properties.put("max.task.idle.ms", 0L);
        properties.put("replication.factor", 1);
        properties.put("state.dir", directory.resolve(run.id()).toString());
        properties.put("auto.offset.reset", "earliest");
        properties.put("ensure.explicit.internal.resource.naming", true);
        try (KafkaConsumer<byte[], byte[]> digests = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaStreams streams = new KafkaStreams(
                        SignalsTopology.build(settings, run, AvroCodec.bundled(), new Board()), properties)) {
            TopicPartition partition = new TopicPartition(run.topic(Topics.DIGESTS.name()), 0);
            digests.assign(List.of(partition));
            digests.seekToBeginning(List.of(partition));
            // Joining takes seconds and costs the same in both: the clock runs from the first tick to the last.
            Set<Integer> ended = new HashSet<>();
            long[] first = new long[1];
            streams.start();
            while (ended.size() < PARTITIONS.events()) {
                digests.poll(Duration.ofMillis(100)).forEach(record -> {
                    first[0] = first[0] == 0 ? System.nanoTime() : first[0];
                    if (AvroCodec.bundled().decode(record.value()) instanceof Tick tick && tick.getEnded()) {
                        ended.add(tick.getSource());
                    }
                });
            }
            return (System.nanoTime() - first[0]) / 1e9;
        }
    }

    private static void tell(String what, List<Double> with, List<Double> without) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < with.size(); i++) {
            ratios.add(with.get(i) / without.get(i));
        }
        System.out.printf(
                "%s: %,.0f / %,.0f events/s, ratio of each pair: median %.2f (%.2f to %.2f)%n",
                what,
                median(with),
                median(without),
                median(ratios),
                ratios.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                ratios.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
