package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.load.RecordedLoad;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Measure;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How long {@code signals} takes until it runs again when a machine and its state directory are lost: all state is read back
 * from the changelogs. There is nothing left to work on, and no other member of the group to wait for.
 */
public final class RestoreBenchmark implements Benchmark {

    private static final int SERVICES = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** One start: seconds until it runs, seconds of them in which changelogs were read, and records that were read. */
    private record Restart(double seconds, double reading, long records) {}

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String about() {
        return "signals with its state directory lost: until it runs again, and how fast changelogs are read";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        RecordedLoad load = RecordedLoad.wide(Signals.PARTITIONS, SERVICES, ground.events());
        Run run = ground.run(Signals.PARTITIONS);
        Drain drain = Drain.exactlyOnce(ground);
        ground.tell("filling the state of " + SERVICES + " services");
        load.write(ground.kafka(), run, RecordedLoad.SAFE);
        Signals.drain(drain, run, load.events());
        double bytes = changelogs(ground.kafka(), Signals.application(run));
        List<Restart> restarts = ground.rounds()
                .<Integer, Restart>run(round -> round, List.of(round -> restart(ground, drain, run)))
                .get(0);
        return Result.of(List.of(
                new Measure("start to running", "s", each(restarts, Restart::seconds)),
                new Measure("of it reading changelogs", "s", each(restarts, Restart::reading)),
                new Measure("read of changelogs", "records", each(restarts, Restart::records)),
                Measure.of("changelogs on the broker's disk", "bytes", bytes),
                new Measure("read of changelogs", "bytes/s", each(restarts, restart -> bytes / restart.reading()))));
    }

    private static List<Double> each(List<Restart> restarts, ToDoubleFunction<Restart> figure) {
        return restarts.stream().mapToDouble(figure).boxed().toList();
    }

    private static Restart restart(Ground ground, Drain drain, Run run) {
        ground.tell("restoring");
        // A directory that nobody has used: what a new machine has.
        Reading reading = new Reading();
        try (KafkaStreams streams = new KafkaStreams(
                Signals.topology(run),
                drain.settings(Signals.application(run), ground.folder(ground.fresh("restored"))))) {
            streams.setGlobalStateRestoreListener(reading);
            Stopwatch watch = new Stopwatch();
            streams.start();
            while (streams.state() != State.RUNNING) {
                if (streams.state() == State.ERROR || watch.seconds() > PATIENCE.toSeconds()) {
                    throw new IllegalStateException(
                            "signals does not run again after " + Math.round(watch.seconds()) + " s; the log says why");
                }
                LockSupport.parkNanos(1_000_000);
            }
            Restart restart = new Restart(watch.seconds(), reading.seconds(), reading.records.get());
            Drain.leave(streams);
            return restart;
        }
    }

    /** Bytes of all segments, with what is not compacted yet; compressed as they were written. */
    private static double changelogs(String kafka, String application) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                    .map(node -> node.id())
                    .toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .map(LogDirDescription::replicaInfos)
                    .flatMap(replicas -> replicas.entrySet().stream())
                    .filter(replica -> replica.getKey().topic().startsWith(application + "-")
                            && replica.getKey().topic().endsWith("-changelog"))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        }
    }

    /** From the first changelog that is begun to the last that is read. */
    private static final class Reading implements StateRestoreListener {

        private final AtomicLong records = new AtomicLong();
        private final AtomicLong began = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong ended = new AtomicLong(Long.MIN_VALUE);

        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
            began.accumulateAndGet(System.nanoTime(), Math::min);
        }

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long count) {
            records.addAndGet(count);
        }

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long total) {
            ended.accumulateAndGet(System.nanoTime(), Math::max);
        }

        double seconds() {
            return (ended.get() - began.get()) / 1e9;
        }
    }
}
