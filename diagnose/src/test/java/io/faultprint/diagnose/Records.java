package io.faultprint.diagnose;

import io.faultprint.event.ChangeKind;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Feature;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.SignatureKind;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.time.Instant;
import java.util.List;

/** Records as correlate writes them, about a shop whose cart runs out of connections. */
public final class Records {

    /** When the trouble starts. */
    public static final long START = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

    public static final String ENVIRONMENT = "shop";

    private Records() {}

    /** A settled incident of a cluster never seen before. */
    public static Incident novel(String id, String cluster) {
        return incident(id, 1)
                .setCluster(cluster)
                .setNovel(true)
                .setSettled(true)
                .build();
    }

    /** A settled incident of a cluster seen before. */
    public static Incident repeat(String id, String cluster, String previous) {
        return incident(id, 1)
                .setCluster(cluster)
                .setNovel(false)
                .setSettled(true)
                .setOccurrence(2)
                .setPrevious(previous)
                .setPreviousStarted(START - 3_600_000)
                .build();
    }

    public static Incident.Builder incident(String id, int revision) {
        return Incident.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setEnvironment(ENVIRONMENT)
                .setStatus(IncidentStatus.OPEN)
                .setOpened(START + 25_000)
                .setAsOf(START + 25_000 + (revision - 1) * 10_000L)
                .setStarted(START)
                .setTitle("cart: latency of GET /cart up")
                .setSeverity(2)
                .setServices(List.of("cart", "frontend"))
                .setCandidates(List.of(
                        candidate("cart", SurpriseKind.SPAN_LATENCY, "GET /cart", 0.7, START),
                        candidate("frontend", SurpriseKind.SPAN_ERRORS, "GET /", 0.2, START + 10_000)))
                .setSurprises(List.of(
                        surprise("cart", SurpriseKind.SPAN_LATENCY, "GET /cart", "GET /cart", Direction.UP, 7.5, START),
                        surprise(
                                "cart",
                                SurpriseKind.NEW_SIGNATURE,
                                "sig1-00000000000000aa",
                                "HikariPool-<num> - Connection is not available, request timed out after <num>ms",
                                Direction.NEW,
                                6,
                                START + 2_000),
                        surprise(
                                "frontend",
                                SurpriseKind.SPAN_ERRORS,
                                "GET /",
                                "GET /",
                                Direction.UP,
                                4,
                                START + 10_000)))
                .setSignatures(List.of(IncidentSignature.newBuilder()
                        .setId("sig1-00000000000000aa")
                        .setTemplate("HikariPool-<num> - Connection is not available, request timed out after <num>ms")
                        .setService("cart")
                        .setCount(120)
                        .build()))
                .setNovel(false)
                .setSettled(false)
                .setConfiguration("test");
    }

    public static Candidate candidate(String service, SurpriseKind kind, String subject, double score, long since) {
        return Candidate.newBuilder()
                .setService(service)
                .setSignal(kind + " " + subject)
                .setSurprise(kind)
                .setSubject(subject)
                .setScore(score)
                .setSince(since)
                .setReasons(List.of("first to look odd"))
                .build();
    }

    public static IncidentSurprise surprise(
            String service,
            SurpriseKind kind,
            String subject,
            String label,
            Direction direction,
            double score,
            long onset) {
        return IncidentSurprise.newBuilder()
                .setService(service)
                .setSurprise(Surprise.newBuilder()
                        .setKind(kind)
                        .setSubject(subject)
                        .setLabel(label)
                        .setDirection(direction)
                        .setObserved(812)
                        .setExpected(60)
                        .setExpectedLow(40)
                        .setExpectedHigh(90)
                        .setUnit("ms")
                        .setScore(score)
                        .setOnset(onset)
                        .setHistory(100)
                        .build())
                .setFirstWindow(Math.floorDiv(onset, 10_000L) * 10_000)
                .setLastWindow(Math.floorDiv(onset, 10_000L) * 10_000 + 20_000)
                .setWindows(3)
                .build();
    }

    public static ChangeRef change(String id, String service, long time, ChangeKind kind) {
        return ChangeRef.newBuilder()
                .setId(id)
                .setService(service)
                .setTime(time)
                .setKind(kind)
                .setWho("pipeline")
                .setWhat("release of " + service)
                .setVersionBefore("1.4.0")
                .setVersionAfter("1.5.0")
                .build();
    }

    public static Cluster cluster(String id, int revision, int generation, String founder) {
        return Cluster.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setEnvironment(ENVIRONMENT)
                .setGeneration(generation)
                .setTitle("cart: latency of GET /cart up")
                .setFingerprint(List.of(Feature.newBuilder()
                        .setFeature("cart SPAN_LATENCY GET /cart")
                        .setWeight(1.5)
                        .build()))
                .setIncidents(revision)
                .setFounder(founder)
                .setFirstSeen(START)
                .setLastSeen(START)
                .setLastIncident(founder)
                .setAsOf(START + 25_000)
                .build();
    }

    public static Snapshot snapshot(String service, long windowStart) {
        return Snapshot.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setService(service)
                .setWindowStart(windowStart)
                .setWindowEnd(windowStart + 10_000)
                .setCovered(true)
                .setLearning(false)
                .setLogs(100)
                .setErrorLogs(1)
                .setSpans(10)
                .setSpanErrors(0)
                .setConfiguration("test")
                .build();
    }

    public static SignatureEntry signature(String id, long lastSeen, long count) {
        return SignatureEntry.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setService("cart")
                .setId(id)
                .setKind(SignatureKind.MESSAGE)
                .setTemplate("Connection is not available after <num>ms")
                .setSeverityNumber(17)
                .setFirstSeen(START)
                .setLastSeen(lastSeen)
                .setCount(count)
                .build();
    }
}
