package io.faultprint.benchmarks.load;

import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import java.util.List;

/** Digests as {@code signals} writes them: one service in one window of {@link Windows#DEFAULT}. */
public final class Digests {

    private static final Windows WINDOWS = Windows.DEFAULT;
    private static final long BEGIN = WINDOWS.startOf(1_700_000_000_000L);
    private static final double STRONG = 9;

    private Digests() {}

    /** A service that is as always, and calls another. */
    public static Digest calm(String environment, String service, String callee, int window) {
        return base(environment, service, window)
                .setStrength(0)
                .setEdges(List.of(new Edge(callee, 100L, 0L, 12.0)))
                .build();
    }

    /** A service with an error line that nobody has seen before. */
    public static Digest failing(String environment, String service, String signature, int window) {
        long start = BEGIN + window * WINDOWS.sizeMillis();
        Surprise surprise = Surprise.newBuilder()
                .setKind(SurpriseKind.NEW_SIGNATURE)
                .setSubject(signature)
                .setLabel("could not reach the database of " + service + " after <num> ms")
                .setDirection(Direction.NEW)
                .setObserved(12)
                .setExpected(0)
                .setExpectedLow(0)
                .setExpectedHigh(1)
                .setScore(STRONG)
                .setOnset(start)
                .setHistory(100)
                .setSeverityNumber(17)
                .build();
        return base(environment, service, window)
                .setStrength(STRONG)
                .setSurprises(List.of(surprise))
                .build();
    }

    private static Digest.Builder base(String environment, String service, int window) {
        long start = BEGIN + window * WINDOWS.sizeMillis();
        return Digest.newBuilder()
                .setEnvironment(environment)
                .setService(service)
                .setWindowStart(start)
                .setWindowEnd(start + WINDOWS.sizeMillis())
                .setCovered(true)
                .setLearning(false)
                .setLogs(100)
                .setErrorLogs(0)
                .setSpans(100)
                .setSpanErrors(0);
    }

    /** Source {@code source} of {@code sources} has closed this window. */
    public static Tick closed(int source, int sources, int window) {
        return Tick.newBuilder()
                .setSource(source)
                .setSources(sources)
                .setUpTo(BEGIN + (window + 1) * WINDOWS.sizeMillis())
                .setCovered(true)
                .build();
    }
}
