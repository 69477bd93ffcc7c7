package io.faultprint.benchmarks.door;

import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP door costs beside a producer that writes the same requests, as they are, into a topic. Of the door, time
 * runs until the last request is answered, and CPU is that of the door and of the client that sends to it.
 */
public final class IngestBenchmark implements Benchmark {

    private static final Partitions PARTITIONS = new Partitions(4, 1);
    private static final int LINES = 100;

    /** As a dozen busy collectors have. */
    private static final int AT_ONCE = 12;

    private static final int OK = 200;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String about() {
        return "OTLP/HTTP requests of a hundred lines, acknowledged, beside a producer of the same bytes";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        Run run = new Run(ground.fresh("ingest"), "");
        ground.ensure(run, PARTITIONS);
        IngestConfig config = ConfigLoader.of(
                IngestConfig.class,
                Map.of(
                        "kafka.bootstrap-servers",
                        ground.kafka(),
                        "run.prefix",
                        run.prefix(),
                        "http.port",
                        "0",
                        "state.dir",
                        ground.folder(run.prefix()).toString()));
        int count = Math.max(1, ground.events() / LINES);
        try (IngestStage stage = new IngestStage(config, new SimpleMeterRegistry())) {
            stage.start();
            DoorClient client = new DoorClient(stage.port());
            return new Contest<List<byte[]>>()
                    .with("HTTP door", requests -> door(client, requests))
                    .with("plain producer", requests -> producer(ground, requests))
                    .run(ground, round -> requests(ground, count));
        }
    }

    private static List<byte[]> requests(Ground ground, int count) {
        ground.tell("making " + count + " requests");
        List<byte[]> requests = new ArrayList<>();
        ForeignRecords records = new ForeignRecords(ground.clock());
        for (int n = 0; n < count; n++) {
            requests.add(records.otlp(n, LINES));
        }
        return requests;
    }

    private static Stretch door(DoorClient client, List<byte[]> requests) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicReference<@Nullable String> refused = new AtomicReference<>();
        Stopwatch watch = new Stopwatch();
        for (byte[] request : requests) {
            free.acquire();
            var unused = client.send(request).whenComplete((status, problem) -> {
                if (problem != null || status != OK) {
                    refused.compareAndSet(null, problem == null ? "status " + status : problem.toString());
                }
                free.release();
            });
        }
        free.acquire(AT_ONCE);
        Stretch stretch = watch.stretch((long) requests.size() * LINES);
        String trouble = refused.get();
        if (trouble != null) {
            throw new IllegalStateException("the door did not acknowledge a request: " + trouble);
        }
        return stretch;
    }

    private static Stretch producer(Ground ground, List<byte[]> requests)
            throws ExecutionException, InterruptedException {
        PlainTopic topic = new PlainTopic(ground.kafka(), ground.fresh("plain")).create();
        Stopwatch watch = new Stopwatch();
        topic.fill(requests.size(), requests::get);
        return watch.stretch((long) requests.size() * LINES);
    }
}
