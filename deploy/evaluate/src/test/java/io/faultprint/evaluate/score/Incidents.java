package io.faultprint.evaluate.score;

import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.List;

/** Incidents as correlate writes them, with as little in them as scores look at. */
public final class Incidents {

    private Incidents() {}

    /** A settled novel incident that opened then, of these services. */
    public static Incident.Builder incident(String id, long opened, String... services) {
        return Incident.newBuilder()
                .setId(id)
                .setRevision(1)
                .setEnvironment("")
                .setStatus(IncidentStatus.OPEN)
                .setOpened(opened)
                .setAsOf(opened)
                .setStarted(opened - 10_000)
                .setTitle(id)
                .setSeverity(2)
                .setServices(List.of(services))
                .setCandidates(List.of())
                .setSurprises(List.of())
                .setSignatures(List.of())
                .setChanges(List.of())
                .setNovel(true)
                .setSettled(true)
                .setConfiguration("");
    }

    static History history(String id, long opened) {
        return new History(List.of(incident(id, opened, "a").build()));
    }
}
