package io.faultprint.correlate.incident;

import io.faultprint.event.ChangeKind;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Digests as tests write them: one service in one window of ten seconds. */
public final class Story {

    /** Start of window 0: 2026-01-05T10:00:00Z. */
    public static final long ZERO = 1_767_607_200_000L;

    public static final String PROD = "prod";

    private Story() {}

    /** Start of a window by number. */
    public static long at(int window) {
        return ZERO + window * Windows.DEFAULT.sizeMillis();
    }

    /** A service that is as always. */
    public static Telling calm(int window, String service) {
        return new Telling(PROD, window, service, 0);
    }

    /** A service that looks odd. */
    public static Telling odd(int window, String service, double strength, Surprise... surprises) {
        Telling telling = new Telling(PROD, window, service, strength);
        telling.surprises.addAll(Arrays.asList(surprises));
        return telling;
    }

    public static Surprise newError(String signature, double score, long onset) {
        return surprise(
                SurpriseKind.NEW_SIGNATURE,
                signature,
                "template of " + signature,
                Direction.NEW,
                12,
                0,
                score,
                onset,
                17);
    }

    public static Surprise errors(String signature, double score, long onset) {
        return surprise(
                SurpriseKind.ERROR_RATE, signature, "template of " + signature, Direction.UP, 40, 2, score, onset, 17);
    }

    public static Surprise slow(String operation, double score, long onset) {
        return surprise(SurpriseKind.SPAN_LATENCY, operation, operation, Direction.UP, 1200, 60, score, onset, 0);
    }

    public static Surprise failing(String operation, double score, long onset) {
        return surprise(SurpriseKind.SPAN_ERRORS, operation, operation, Direction.UP, 35, 0.1, score, onset, 0);
    }

    public static Surprise high(String metric, double score, long onset) {
        return surprise(SurpriseKind.METRIC, metric, metric, Direction.UP, 0.97, 0.3, score, onset, 0);
    }

    public static Surprise silent(double score, long onset) {
        return surprise(SurpriseKind.SERVICE_SILENT, "silent", "silent", Direction.GONE, 0, 40, score, onset, 0);
    }

    public static ChangeRef deploy(String service, String id, long time) {
        return ChangeRef.newBuilder()
                .setId(id)
                .setService(service)
                .setTime(time)
                .setKind(ChangeKind.DEPLOY)
                .setWho("pipeline")
                .setWhat("new version")
                .setVersionBefore("1.4")
                .setVersionAfter("1.5")
                .build();
    }

    private static Surprise surprise(
            SurpriseKind kind,
            String subject,
            String label,
            Direction direction,
            double observed,
            double expected,
            double score,
            long onset,
            int severity) {
        return Surprise.newBuilder()
                .setKind(kind)
                .setSubject(subject)
                .setLabel(label)
                .setDirection(direction)
                .setObserved(observed)
                .setExpected(expected)
                .setExpectedLow(expected / 2)
                .setExpectedHigh(expected * 2)
                .setScore(score)
                .setOnset(onset)
                .setHistory(100)
                .setSeverityNumber(severity)
                .build();
    }

    /** A digest in the making. */
    public static final class Telling {

        private String environment;
        private final int window;
        private final String service;
        private final double strength;
        private final List<Surprise> surprises = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final List<ChangeRef> changes = new ArrayList<>();
        private final List<SignatureAlias> aliases = new ArrayList<>();
        private boolean learning;
        private boolean covered = true;

        private Telling(String environment, int window, String service, double strength) {
            this.environment = environment;
            this.window = window;
            this.service = service;
            this.strength = strength;
        }

        public Telling in(String other) {
            environment = other;
            return this;
        }

        public Telling calls(String... callees) {
            for (String callee : callees) {
                edges.add(new Edge(callee, 100L, 0L, 12.0));
            }
            return this;
        }

        public Telling changed(ChangeRef change) {
            changes.add(change);
            return this;
        }

        /** A signature of the service became another one. */
        public Telling alias(String signature, String of) {
            aliases.add(new SignatureAlias(signature, of));
            return this;
        }

        public Telling learning() {
            learning = true;
            return this;
        }

        public Telling blind() {
            covered = false;
            return this;
        }

        public Digest digest() {
            return Digest.newBuilder()
                    .setEnvironment(environment)
                    .setService(service)
                    .setWindowStart(at(window))
                    .setWindowEnd(at(window + 1))
                    .setCovered(covered)
                    .setLearning(learning)
                    .setStrength(strength)
                    .setSurprises(surprises)
                    .setEdges(edges)
                    .setChanges(changes)
                    .setLogs(100)
                    .setErrorLogs(0)
                    .setSpans(100)
                    .setSpanErrors(0)
                    .setAliases(aliases)
                    .build();
        }
    }
}
