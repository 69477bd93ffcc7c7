package io.faultprint.benchmarks.load;

import io.faultprint.event.MetricKind;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.MetricSummary;
import io.faultprint.snapshot.OperationSummary;
import io.faultprint.snapshot.SignatureCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Snapshots of a hundred usual services: twenty signatures, twenty series, five operations and three callees each. */
public final class Snapshots {

    private static final int SERVICES = 100;
    private static final int ROWS = 20;
    private static final int OPERATIONS = 5;
    private static final int CALLEES = 3;
    private static final long BEGIN = 1_700_000_000_000L;

    private Snapshots() {}

    /** So many, as they stand in their topic; window after window. */
    public static List<byte[]> encoded(int count) {
        AvroCodec codec = AvroCodec.bundled();
        List<byte[]> all = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            all.add(codec.encode("snapshots", snapshot(n % SERVICES, n / SERVICES)));
        }
        return all;
    }

    private static Snapshot snapshot(int service, int window) {
        long start = Windows.DEFAULT.startOf(BEGIN) + window * Windows.DEFAULT.sizeMillis();
        return Snapshot.newBuilder()
                .setEnvironment("prod")
                .setService("service-" + service)
                .setWindowStart(start)
                .setWindowEnd(start + Windows.DEFAULT.sizeMillis())
                .setCovered(true)
                .setLearning(false)
                .setLogs(1_000)
                .setErrorLogs(3)
                .setSpans(500)
                .setSpanErrors(1)
                .setSignatures(IntStream.range(0, ROWS)
                        .mapToObj(n -> new SignatureCount(
                                "sig2-%016x".formatted(n),
                                "request <num> of user <num> served by route " + n + " in <num> ms",
                                9,
                                50L + n))
                        .toList())
                .setMetrics(IntStream.range(0, ROWS)
                        .mapToObj(n -> new MetricSummary(
                                "jvm.memory.used{pool=" + n + "}", "By", MetricKind.GAUGE, n * 1e6 + window, 10L))
                        .toList())
                .setOperations(IntStream.range(0, OPERATIONS)
                        .mapToObj(n -> new OperationSummary("GET /items/" + n, 100L, 0L, 12.5, 10.0, 40.0))
                        .toList())
                .setEdges(IntStream.range(1, CALLEES + 1)
                        .mapToObj(n -> new Edge("service-" + (service + n) % SERVICES, 100L, 0L, 12.0))
                        .toList())
                .setConfiguration("benchmark")
                .build();
    }
}
