package io.faultprint.diagnose.evidence;

import io.faultprint.event.ChangeKind;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Surprise;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Facts in words, always the same words for the same fact. */
public final class EvidenceText {

    private EvidenceText() {}

    static String candidate(Candidate candidate) {
        return "candidate %s (score %s) since %s: %s"
                .formatted(
                        candidate.getService(),
                        number(candidate.getScore()),
                        time(candidate.getSince()),
                        String.join("; ", candidate.getReasons()));
    }

    static String surprise(IncidentSurprise item, long since) {
        Surprise surprise = item.getSurprise();
        String words = switch (surprise.getKind()) {
            case NEW_SIGNATURE -> "a line never seen before";
            case ERROR_RATE -> "an error line more often than usual";
            case SIGNATURE_RATE -> "a usual line at an unusual rate";
            case SIGNATURE_SILENT -> "a usual line has stopped";
            case SERVICE_SILENT -> "the service has gone silent";
            case METRIC -> "a metric outside its forecast";
            case SPAN_ERRORS -> "failing spans";
            case SPAN_LATENCY -> "latency";
            case SPAN_THROUGHPUT -> "throughput";
            case ALERT -> "an alert from outside";
        };
        String unit = surprise.getUnit().isEmpty() ? "" : " " + surprise.getUnit();
        return "%s, %s: %s is %s%s where %s is expected (%s, score %s, since %s, windows %d)"
                .formatted(
                        item.getService(),
                        words,
                        surprise.getLabel(),
                        number(surprise.getObserved()),
                        unit,
                        expected(surprise),
                        surprise.getDirection(),
                        number(surprise.getScore()),
                        time(since),
                        item.getWindows());
    }

    private static String expected(Surprise surprise) {
        String low = number(surprise.getExpectedLow());
        String high = number(surprise.getExpectedHigh());
        return low.equals(high) ? low : low + " to " + high;
    }

    static String signature(IncidentSignature signature) {
        return "%s says %d times: %s".formatted(signature.getService(), signature.getCount(), signature.getTemplate());
    }

    static String change(ChangeRef change) {
        String versions = change.getVersionAfter().isEmpty()
                ? ""
                : " (version " + change.getVersionBefore() + " to " + change.getVersionAfter() + ")";
        String paths =
                change.getChangedPaths().isEmpty() ? "" : ", paths " + String.join(", ", change.getChangedPaths());
        return "%s of %s at %s by %s: %s%s%s"
                .formatted(
                        change.getKind(),
                        change.getService(),
                        time(change.getTime()),
                        change.getWho(),
                        change.getWhat(),
                        versions,
                        paths);
    }

    /** The kind of change that the text of a change begins with. */
    public static Optional<ChangeKind> changeKind(String text) {
        return Arrays.stream(ChangeKind.values())
                .filter(kind -> text.startsWith(kind + " of "))
                .findFirst();
    }

    static String history(Incident incident) {
        Long started = incident.getPreviousStarted();
        return "incident %s of the same cluster came before%s; this is number %d"
                .formatted(
                        incident.getPrevious(),
                        started == null ? "" : ", at " + time(started),
                        incident.getOccurrence());
    }

    /** A time for people: UTC, to the second. */
    public static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A number for people: three significant digits, whole numbers as they are. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "unknown" : value > 0 ? "infinity" : "-infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", value);
    }
}
