package io.faultprint.notify;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.time.Instant;
import java.util.List;

/** Records as correlate and diagnose write them, about a shop whose cart runs out of connections. */
public final class Records {

    /** When the trouble starts. */
    public static final long START = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

    public static final String ENVIRONMENT = "shop";
    public static final String INCIDENT = "inc1-00000000000000a1";
    public static final String CLUSTER = "clu1-00000000000000c1";

    private Records() {}

    public static Incident.Builder incident(int revision) {
        return incident(INCIDENT, revision);
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
                .setCandidates(List.of(Candidate.newBuilder()
                        .setService("cart")
                        .setSignal("SPAN_LATENCY GET /cart")
                        .setScore(0.7)
                        .setSince(START)
                        .build()))
                .setNovel(false)
                .setSettled(false)
                .setConfiguration("test");
    }

    public static Incident.Builder resolved(int revision) {
        return incident(revision).setStatus(IncidentStatus.RESOLVED).setEnded(START + 60_000);
    }

    public static Diagnosis.Builder diagnosis(int revision) {
        return Diagnosis.newBuilder()
                .setCluster(CLUSTER)
                .setGeneration(1)
                .setEnvironment(ENVIRONMENT)
                .setIncident(INCIDENT)
                .setRevision(revision)
                .setState(DiagnosisState.DIAGNOSED)
                .setAttempt(1)
                .setOwner("one")
                .setDeadline(START)
                .setEngine("rules")
                .setAsOf(START)
                .setSummary("Connections of cart are exhausted.")
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setCategory(CauseCategory.RESOURCE_CONNECTIONS)
                        .setService("cart")
                        .setSignal("SPAN_LATENCY GET /cart")
                        .setStatement("cart has no connections left")
                        .setConfidence(0.8)
                        .setNextChecks(List.of("look at the pool of cart"))
                        .build()));
    }
}
