package io.faultprint.diagnose.evidence;

import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays out what an incident carries as numbered facts, E1 to En: candidates, surprises, signatures, changes, history.
 * The same incident revision always gives the same board. Bounded in number and in length, and redacted.
 */
public final class EvidenceBoard {

    private static final int CANDIDATES = 5;
    private static final int SURPRISES = 20;
    private static final int SIGNATURES = 8;
    private static final int CHANGES = 8;
    private static final int TEXT = 400;
    private static final int NAME = 256;

    private final Windows windows;
    private final Redaction redaction;

    public EvidenceBoard(Windows windows, Redaction redaction) {
        this.windows = windows;
        this.redaction = redaction;
    }

    /** How a surprise is called where claims and evidence meet: its kind and its subject. */
    public static String signal(SurpriseKind kind, String subject) {
        return cut(kind + " " + subject, NAME);
    }

    /** The facts of this revision. */
    public List<Evidence> of(Incident incident) {
        List<Evidence> board = new ArrayList<>();
        incident.getCandidates().stream().limit(CANDIDATES).forEach(it -> candidate(board, it));
        incident.getSurprises().stream().limit(SURPRISES).forEach(it -> surprise(board, it));
        incident.getSignatures().stream().limit(SIGNATURES).forEach(it -> signature(board, it));
        incident.getChanges().stream().limit(CHANGES).forEach(it -> change(board, it));
        history(board, incident);
        return List.copyOf(board);
    }

    private void candidate(List<Evidence> board, Candidate candidate) {
        SurpriseKind kind = candidate.getSurprise();
        add(
                board,
                EvidenceKind.CANDIDATE,
                candidate.getService(),
                kind == null ? "" : signal(kind, candidate.getSubject()),
                null,
                candidate.getSince(),
                candidate.getScore(),
                EvidenceText.candidate(candidate));
    }

    private void surprise(List<Evidence> board, IncidentSurprise item) {
        Surprise surprise = item.getSurprise();
        // The exact onset is known for the strongest window only; for an earlier first window, its start.
        boolean strongestIsFirst = surprise.getOnset() < item.getFirstWindow() + windows.sizeMillis();
        long since = strongestIsFirst ? surprise.getOnset() : item.getFirstWindow();
        add(
                board,
                EvidenceKind.SURPRISE,
                item.getService(),
                signal(surprise.getKind(), surprise.getSubject()),
                surprise.getDirection(),
                since,
                surprise.getScore(),
                EvidenceText.surprise(item, since));
    }

    private void signature(List<Evidence> board, IncidentSignature signature) {
        add(
                board,
                EvidenceKind.SIGNATURE,
                signature.getService(),
                signature.getId(),
                null,
                null,
                0,
                EvidenceText.signature(signature));
    }

    private void change(List<Evidence> board, ChangeRef change) {
        add(
                board,
                EvidenceKind.CHANGE,
                change.getService(),
                change.getId(),
                null,
                change.getTime(),
                0,
                EvidenceText.change(change));
    }

    private void history(List<Evidence> board, Incident incident) {
        String previous = incident.getPrevious();
        if (previous != null) {
            add(
                    board,
                    EvidenceKind.HISTORY,
                    "",
                    previous,
                    null,
                    incident.getPreviousStarted(),
                    0,
                    EvidenceText.history(incident));
        }
    }

    private void add(
            List<Evidence> board,
            EvidenceKind kind,
            String service,
            String signal,
            @Nullable Direction direction,
            @Nullable Long time,
            double score,
            String text) {
        board.add(Evidence.newBuilder()
                .setId("E" + (board.size() + 1))
                .setKind(kind)
                .setService(redaction.of(cut(service, NAME)))
                .setSignal(redaction.of(cut(signal, NAME)))
                .setDirection(direction)
                .setTime(time)
                .setScore(Double.isFinite(score) ? score : 0)
                .setText(redaction.of(cut(text, TEXT)))
                .build());
    }

    /** The text on one line and no longer than this; never half of a surrogate pair. */
    static String cut(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.length() <= most) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
        return line.substring(0, end) + "…";
    }
}
