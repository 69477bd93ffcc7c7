package io.faultprint.local.show;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.time.Instant;
import java.util.List;

/** Records as the stages publish them. */
public final class Samples {

    public static final long START = Instant.parse("2026-03-04T14:03:10Z").toEpochMilli();

    private Samples() {}

    public static Surprise surprise(
            SurpriseKind kind, String label, double observed, double low, double high, String unit) {
        return Surprise.newBuilder()
                .setKind(kind)
                .setSubject(label)
                .setLabel(label)
                .setDirection(Direction.UP)
                .setObserved(observed)
                .setExpected((low + high) / 2)
                .setExpectedLow(low)
                .setExpectedHigh(high)
                .setUnit(unit)
                .setScore(6)
                .setOnset(START)
                .setHistory(30)
                .build();
    }

    /** An incident of checkout and payment at its first revision: open, without a cluster yet. */
    public static Incident.Builder opened() {
        return Incident.newBuilder()
                .setId("inc1-00000000000000aa")
                .setRevision(1)
                .setEnvironment("shop")
                .setStatus(IncidentStatus.OPEN)
                .setOpened(START + 15_000)
                .setAsOf(START + 15_000)
                .setStarted(START)
                .setEnded(null)
                .setMergedInto(null)
                .setSplitFrom(null)
                .setTitle("payment fails, and checkout with it")
                .setSeverity(2)
                .setServices(List.of("checkout", "payment"))
                .setCandidates(List.of(candidate()))
                .setSurprises(List.of(
                        remembered(
                                "payment",
                                surprise(
                                        SurpriseKind.NEW_SIGNATURE,
                                        "pool exhausted after <num> ms",
                                        12,
                                        0,
                                        0,
                                        "lines")),
                        remembered("checkout", surprise(SurpriseKind.SPAN_ERRORS, "POST /pay", 34.21, 0, 1, "%"))))
                .setSignatures(List.of(IncidentSignature.newBuilder()
                        .setId("sig1-00000000000000bb")
                        .setTemplate("pool exhausted after <num> ms")
                        .setService("payment")
                        .setCount(12)
                        .build()))
                .setChanges(List.of())
                .setCluster(null)
                .setNovel(false)
                .setSettled(false)
                .setSimilarity(0)
                .setOccurrence(1)
                .setPrevious(null)
                .setPreviousStarted(null)
                .setConfiguration("c");
    }

    public static Incident.Builder settledNovel() {
        return opened().setRevision(2)
                .setAsOf(START + 30_000)
                .setCluster("clu1-00000000000000cc")
                .setNovel(true)
                .setSettled(true);
    }

    public static Incident.Builder settledRepeat() {
        return opened().setId("inc1-00000000000000ab")
                .setCluster("clu1-00000000000000cc")
                .setSettled(true)
                .setOccurrence(3)
                .setPrevious("inc1-00000000000000aa")
                .setPreviousStarted(START - 3_600_000);
    }

    public static Diagnosis.Builder diagnosis() {
        return Diagnosis.newBuilder()
                .setCluster("clu1-00000000000000cc")
                .setGeneration(1)
                .setEnvironment("shop")
                .setIncident("inc1-00000000000000aa")
                .setRevision(2)
                .setState(DiagnosisState.DIAGNOSED)
                .setAttempt(1)
                .setOwner("o")
                .setDeadline(0)
                .setEngine("rules")
                .setModel(null)
                .setModelCalls(0)
                .setAsOf(START + 30_000)
                .setSummary("payment ran out of connections")
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setCategory(CauseCategory.RESOURCE_CONNECTIONS)
                        .setService("payment")
                        .setSignal("pool exhausted")
                        .setDirection(null)
                        .setSince(START)
                        .setChange(null)
                        .setStatement("payment ran out of database connections")
                        .setConfidence(0.712)
                        .setEvidence(List.of("E1"))
                        .setNextChecks(List.of("look at the pool's size"))
                        .setRejectedBecause(null)
                        .build()))
                .setRejected(List.of())
                .setEvidence(List.of(Evidence.newBuilder()
                        .setId("E1")
                        .setKind(EvidenceKind.SURPRISE)
                        .setService("payment")
                        .setSignal("s")
                        .setDirection(null)
                        .setTime(START)
                        .setScore(6)
                        .setText("payment says \"pool exhausted\" for the first time, 12 lines")
                        .build()))
                .setInputTokens(0)
                .setOutputTokens(0);
    }

    private static Candidate candidate() {
        return Candidate.newBuilder()
                .setService("payment")
                .setSignal("new signature")
                .setSurprise(SurpriseKind.NEW_SIGNATURE)
                .setSubject("sig1-00000000000000bb")
                .setScore(0.62)
                .setSince(START)
                .setChange(null)
                .setReasons(List.of("it was odd first", "checkout calls it"))
                .build();
    }

    private static IncidentSurprise remembered(String service, Surprise surprise) {
        return IncidentSurprise.newBuilder()
                .setService(service)
                .setSurprise(surprise)
                .setFirstWindow(START)
                .setLastWindow(START)
                .setWindows(1)
                .build();
    }
}
