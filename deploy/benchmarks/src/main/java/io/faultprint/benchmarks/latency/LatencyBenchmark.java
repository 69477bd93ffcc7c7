package io.faultprint.benchmarks.latency;

import io.faultprint.benchmarks.door.DoorClient;
import io.faultprint.benchmarks.door.OtlpRequests;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Measure;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Stage;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long things take from end to end: {@value #RATE} lines a second come in through the HTTP door, in requests of
 * {@value #LINES} that are sent when they are due; ingest and both applications of correlate run in this process, with
 * windows and a lateness of two seconds. In each round one service says something new and bad.
 */
public final class LatencyBenchmark implements Benchmark {

    private static final Windows WINDOWS = new Windows(2_000, 2_000);
    private static final Partitions PARTITIONS = new Partitions(4, 1);
    private static final int RATE = 5_000;
    private static final int LINES = 100;
    private static final int SERVICES = 20;
    private static final int A_SECOND = RATE / LINES;

    /** Windows to learn from, six calm ones after an incident, and some more. */
    private static final int LEAST_SECONDS = 40;

    /** Seconds at the end of a round in which nothing bad is said, so that its incident still comes in it. */
    private static final int AFTERWARDS = 15;

    private static final int BAD_SECONDS = 4;
    private static final int OK = 200;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return RATE
                + " lines/s whatever the answers: to the acknowledgement, and from a window to its digest and incident";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        Run run = new Run(ground.fresh("latency"), "");
        ground.ensure(run, PARTITIONS);
        try (IngestStage ingest = ingest(ground, run);
                CorrelateStage correlate = correlate(ground, run)) {
            ingest.start();
            correlate.start();
            awaitReady(correlate);
            DoorClient client = new DoorClient(ingest.port());
            try (Arrivals arrivals = new Arrivals(ground.kafka(), run, WINDOWS, ground.clock())) {
                List<Round> rounds = ground.rounds()
                        .<Integer, Round>run(
                                number -> number, List.of(number -> round(ground, client, arrivals, number)))
                        .get(0);
                return result(rounds);
            }
        }
    }

    private record Round(Latencies answers, int refused, Arrivals.Round arrived) {}

    private static Round round(Ground ground, DoorClient client, Arrivals arrivals, int number) {
        int seconds = Math.max(LEAST_SECONDS, ground.events() / RATE);
        ground.tell(RATE + " lines/s for " + seconds + " s");
        Latencies answers = new Latencies();
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<?>> open = new ArrayList<>();
        Schedule schedule = new Schedule(System.nanoTime(), 1_000_000_000L / A_SECOND, System::nanoTime);
        int bad = (seconds - AFTERWARDS) * A_SECOND;
        for (int i = 0; i < seconds * A_SECOND; i++) {
            schedule.await(i);
            int request = i;
            long now = ground.clock().millis();
            boolean trouble = i >= bad && i < bad + BAD_SECONDS * A_SECOND && i % SERVICES == 0;
            byte[] body = trouble ? failing(now, number) : usual(now, i);
            open.add(client.send(body).handle((status, problem) -> {
                if (problem == null && status == OK) {
                    answers.add(schedule.millisSince(request));
                } else {
                    refused.incrementAndGet();
                }
                return status;
            }));
        }
        CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).join();
        return new Round(answers, refused.get(), arrivals.take());
    }

    private static byte[] usual(long now, int i) {
        return OtlpRequests.logs(
                "orders-" + i % SERVICES,
                now,
                LINES,
                line -> "Stored order " + (i * LINES + line) + " of customer " + line * 31 + " in " + i % 97 + " ms");
    }

    /** In words that no round before has used; digits would be taken for a variable. */
    private static byte[] failing(long now, int round) {
        String word = "gate"
                + Integer.toString(round, 26)
                        .chars()
                        .mapToObj(c -> String.valueOf((char) (Character.isDigit(c) ? 'a' + c - '0' : c + 10)))
                        .reduce("", String::concat);
        return OtlpRequests.errors(
                "orders-0",
                now,
                LINES,
                line -> "Payment " + line + " refused by the " + word + " of " + word + "keeper");
    }

    private static Result result(List<Round> rounds) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (Round round : rounds) {
            percentiles(values, "request due to acknowledged", round.answers());
            percentiles(values, "window known to digest", round.arrived().digests);
            if (!round.arrived().incidents.isEmpty()) {
                add(
                        values,
                        "window known to incident",
                        round.arrived().incidents.percentile(1));
            }
        }
        List<Measure> measures = new ArrayList<>();
        values.forEach((name, each) -> measures.add(new Measure(name, "ms", each)));
        measures.add(new Measure(
                "not acknowledged",
                "requests",
                rounds.stream().map(round -> (double) round.refused()).toList()));
        return Result.of(measures);
    }

    private static void percentiles(Map<String, List<Double>> values, String name, Latencies latencies) {
        Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(part -> add(values, name + ", " + part.getKey(), latencies.percentile(part.getValue())));
        add(values, name + ", most", latencies.percentile(1));
    }

    private static void add(Map<String, List<Double>> values, String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    private static IngestStage ingest(Ground ground, Run run) {
        Map<String, String> settings = settings(ground, run);
        settings.put("http.port", "0");
        settings.put("state.dir", ground.folder(run.prefix() + "-ingest").toString());
        return new IngestStage(ConfigLoader.of(IngestConfig.class, settings), new SimpleMeterRegistry());
    }

    private static CorrelateStage correlate(Ground ground, Run run) {
        Map<String, String> settings = settings(ground, run);
        settings.put(
                "streams.state-dir", ground.folder(run.prefix() + "-correlate").toString());
        return new CorrelateStage(ConfigLoader.of(CorrelateConfig.class, settings), new SimpleMeterRegistry());
    }

    private static Map<String, String> settings(Ground ground, Run run) {
        return new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                ground.kafka(),
                "run.prefix",
                run.prefix(),
                "window.size",
                WINDOWS.sizeMillis() + "ms",
                "window.lateness",
                WINDOWS.latenessMillis() + "ms"));
    }

    private static void awaitReady(Stage stage) {
        while (!stage.check().ready()) {
            if (!stage.check().live()) {
                throw new IllegalStateException(
                        "correlate does not run: " + stage.check().detail());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
