package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.load.RecordedLoad;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** What {@code signals} costs beside an application that reads the same topics and only copies. */
public final class CorrelateBenchmark implements Benchmark {

    @Override
    public String name() {
        return "correlate";
    }

    @Override
    public String about() {
        return "signals beside a pass-through application over the same topics, both exactly once";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        RecordedLoad load = RecordedLoad.shop(Signals.PARTITIONS, ground.events());
        Drain drain = Drain.exactlyOnce(ground);
        return new Contest<Run>()
                .with("signals", run -> Signals.drain(drain, run, load.events()))
                .with("pass-through", run -> PassThrough.drain(ground, drain, run, load.events()))
                .run(ground, round -> {
                    ground.tell("writing " + load.events() + " events");
                    Run run = ground.run(Signals.PARTITIONS);
                    load.write(ground.kafka(), run, RecordedLoad.SAFE);
                    return run;
                });
    }
}
