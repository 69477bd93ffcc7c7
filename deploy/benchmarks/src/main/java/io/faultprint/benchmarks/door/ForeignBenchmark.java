package io.faultprint.benchmarks.door;

import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What it costs to read a foreign topic: its door beside a plain copy of the same topic into another one, on the same
 * broker, both in transactions of at most 1,000 records or a mebibyte with their offsets; and beside a copy in transactions
 * as large as a poll. A quick copy in short ones mostly waits until Kafka has done with its last one, so it alone would
 * flatter the door. Topics of requests with a hundred events have a twentieth of the records.
 */
public final class ForeignBenchmark implements Benchmark {

    private static final Partitions PARTITIONS = new Partitions(4, 1);
    private static final int LOGS_IN_A_RECORD = 100;
    private static final String OTLP = "otlp-logs-protobuf";

    @Override
    public String name() {
        return "foreign";
    }

    @Override
    public String about() {
        return "the door of a foreign topic beside a copy of that topic, in the same transactions and in long ones";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        ForeignRecords records = new ForeignRecords(ground.clock());
        int few = Math.max(1, ground.events() / 20);
        return compare(ground, OTLP, few, LOGS_IN_A_RECORD, n -> records.otlp(n, LOGS_IN_A_RECORD))
                .and(compare(ground, OTLP, ground.events(), 1, n -> records.otlp(n, 1)))
                .and(compare(ground, "ecs", ground.events(), 1, records::ecs));
    }

    private static Result compare(Ground ground, String format, int count, int each, IntFunction<byte[]> record)
            throws IOException, ExecutionException, InterruptedException {
        String what = format + ", " + each + " a record: ";
        ground.tell("writing " + count + " records");
        PlainTopic source = topic(ground, "source").create().fill(count, record);
        return new Contest<Integer>()
                .with(what + "door", round -> door(ground, source, format, (long) count * each))
                .with(
                        what + "copy in the same transactions",
                        round -> TopicCopy.SHORT.run(
                                source, topic(ground, "copy").create(), count, each))
                .with(
                        what + "copy in long transactions",
                        round ->
                                TopicCopy.LONG.run(source, topic(ground, "copy").create(), count, each))
                .run(ground, round -> round);
    }

    private static PlainTopic topic(Ground ground, String word) {
        return new PlainTopic(ground.kafka(), ground.fresh(word));
    }

    private static Stretch door(Ground ground, PlainTopic topic, String format, long events) {
        String run = ground.fresh("foreign");
        ground.ensure(new Run(run, ""), PARTITIONS);
        IngestConfig config = ConfigLoader.of(
                IngestConfig.class,
                Map.of(
                        "kafka.bootstrap-servers",
                        ground.kafka(),
                        "run.prefix",
                        run,
                        "http.port",
                        "0",
                        "state.dir",
                        ground.folder(run).toString(),
                        "topics." + topic.name() + ".format",
                        format,
                        "topics." + topic.name() + ".from",
                        "earliest"));
        try (IngestStage stage = new IngestStage(config, new SimpleMeterRegistry())) {
            stage.start();
            return rate(
                    () -> stage.topicLosses()
                            .getOrDefault("kafka:" + topic.name(), new LossCounters.Loss(0, 0, 0, 0, 0))
                            .acknowledged(),
                    events);
        }
    }

    /** After the first commit, so that joining a group does not count. */
    private static Stretch rate(LongSupplier done, long all) {
        while (done.getAsLong() == 0) {
            LockSupport.parkNanos(500_000);
        }
        long first = done.getAsLong();
        Stopwatch watch = new Stopwatch();
        while (done.getAsLong() < all) {
            LockSupport.parkNanos(500_000);
        }
        return watch.stretch(all - first);
    }
}
