package io.faultprint.correlate.candidate;

import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Surprise;
import java.util.List;

/**
 * What speaks about one abnormal service: how much of it is its own trouble, and how much may have come from a service
 * that it calls.
 *
 * @param row the service
 * @param surprises its surprises, strongest first
 * @param own weight of what points at the service itself
 * @param passedOn weight of what errors and slowness further down would explain as well
 */
record Suspicion(AbnormalService row, List<IncidentSurprise> surprises, double own, double passedOn) {

    /** A surprise beyond this says "certain"; more score is size of the failure, not more certainty. */
    private static final double CERTAIN = 12;

    /** The most that unusual talk or traffic counts, which a deploy or a busy hour brings as well. */
    private static final double CHATTER = 3;

    /** Of a service's surprises each counts half as much as the one before: many lines of one failure are one failure. */
    private static final double FADE = 0.5;

    private static final int ERROR = 17;

    static Suspicion of(AbnormalService row, List<IncidentSurprise> surprises) {
        double own = 0;
        double passedOn = 0;
        double fade = 1;
        for (IncidentSurprise seen : surprises) {
            Surprise surprise = seen.getSurprise();
            double weight = fade * Math.min(surprise.getScore(), isTrouble(surprise) ? CERTAIN : CHATTER);
            own += weight * locality(surprise);
            passedOn += weight * (1 - locality(surprise));
            fade *= FADE;
        }
        // A service whose surprises were all cut away still counts by its strength.
        return surprises.isEmpty()
                ? new Suspicion(row, surprises, row.getPeak() / 2, row.getPeak() / 2)
                : new Suspicion(row, surprises, own, passedOn);
    }

    String service() {
        return row.getService();
    }

    double weight() {
        return own + passedOn;
    }

    /** Whether its trouble can be why its callers are in trouble: load alone travels the other way. */
    boolean explainsCallers() {
        return surprises.isEmpty()
                || surprises.stream().anyMatch(s -> switch (s.getSurprise().getKind()) {
                    case SPAN_THROUGHPUT -> false;
                    case NEW_SIGNATURE,
                            ERROR_RATE,
                            SIGNATURE_RATE,
                            SIGNATURE_SILENT,
                            SERVICE_SILENT,
                            METRIC,
                            SPAN_ERRORS,
                            SPAN_LATENCY,
                            ALERT -> true;
                });
    }

    private static boolean isTrouble(Surprise surprise) {
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE, SIGNATURE_RATE -> surprise.getSeverityNumber() >= ERROR;
            case SIGNATURE_SILENT, SPAN_THROUGHPUT -> false;
            case ERROR_RATE, SERVICE_SILENT, METRIC, SPAN_ERRORS, SPAN_LATENCY, ALERT -> true;
        };
    }

    /** Share of a surprise that points at the service itself and not at what it calls; estimates, see RATIONALE.md. */
    private static double locality(Surprise surprise) {
        return switch (surprise.getKind()) {
            case METRIC, SERVICE_SILENT -> 0.8;
            case NEW_SIGNATURE -> surprise.getSeverityNumber() >= ERROR ? 0.6 : 0.5;
            case ERROR_RATE, SIGNATURE_SILENT, ALERT -> 0.5;
            case SIGNATURE_RATE -> 0.4;
            case SPAN_ERRORS -> 0.3;
            case SPAN_LATENCY -> 0.25;
            case SPAN_THROUGHPUT -> 0.1;
        };
    }
}
