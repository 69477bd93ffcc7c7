package io.faultprint.diagnose.gate;

import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The gate without Kafka, for those who replay: the same ledger decides what is diagnosed, the same consultation
 * diagnoses it, one claim after the other. Every cluster is in its first generation, as correlate leaves it.
 */
public final class DirectGate {

    /** Nobody else is there to be kept away, and a settled record has no deadline. */
    private static final Instant NEVER_MIND = Instant.EPOCH;

    private final ClaimLedger ledger = new ClaimLedger("direct", Duration.ZERO);
    private final EvidenceBoard board;
    private final Consultation consultation;

    /** Knows of no cluster yet. */
    public DirectGate(EvidenceBoard board, Consultation consultation) {
        this.board = board;
        this.consultation = consultation;
    }

    /**
     * The next revision of any incident, in the order of their topic.
     *
     * @return the diagnosis, when this revision asks for one
     */
    public Optional<Diagnosis> read(Incident revision) throws InterruptedException {
        if (!(ledger.decide(revision, board::of, NEVER_MIND) instanceof Decision.Claim claimed)) {
            return Optional.empty();
        }
        ledger.learn(claimed.claim());
        Diagnosis settled = consultation.settle(claimed.claim());
        ledger.learn(settled);
        return Optional.of(settled);
    }
}
