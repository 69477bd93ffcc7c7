package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.load.RecordedLoad;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the guarantees cost: the same load through {@code signals} exactly once and at least once; and into the broker with
 * and without an idempotent producer that waits for all replicas.
 */
public final class GuaranteesBenchmark implements Benchmark {

    private static final Map<String, Object> QUICK = Map.of("acks", "1", "enable.idempotence", false);

    @Override
    public String name() {
        return "guarantees";
    }

    @Override
    public String about() {
        return "signals exactly once beside at least once; an idempotent producer beside a careless one";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        RecordedLoad load = RecordedLoad.shop(Signals.PARTITIONS, ground.events());
        Drain exactly = Drain.exactlyOnce(ground);
        Drain atLeast = new Drain(ground, StreamsConfig.AT_LEAST_ONCE);
        Result signals = new Contest<Integer>()
                .with("signals exactly once", round -> Signals.drain(exactly, filled(ground, load), load.events()))
                .with("signals at least once", round -> Signals.drain(atLeast, filled(ground, load), load.events()))
                .run(ground, round -> round);
        Result producer = new Contest<Integer>()
                .with("producer idempotent, acks=all", round -> write(ground, load, RecordedLoad.SAFE))
                .with("producer acks=1", round -> write(ground, load, QUICK))
                .run(ground, round -> round);
        return signals.and(producer);
    }

    private static Run filled(Ground ground, RecordedLoad load) {
        Run run = ground.run(Signals.PARTITIONS);
        load.write(ground.kafka(), run, RecordedLoad.SAFE);
        return run;
    }

    private static Stretch write(Ground ground, RecordedLoad load, Map<String, Object> producer) {
        Run run = ground.run(Signals.PARTITIONS);
        Stopwatch watch = new Stopwatch();
        load.write(ground.kafka(), run, producer);
        return watch.stretch(load.events());
    }
}
