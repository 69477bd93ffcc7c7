package io.faultprint.ingest.preview;

import io.faultprint.event.LogEvent;
import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which format records most likely are: each is tried on all of them. OTLP in protobuf does not say of which signal it is,
 * so all three are tried, and the one that gives events with contents wins.
 */
public final class Guess {

    private static final String ANY_SERVICE = "preview";

    private final Normaliser normaliser = new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT);

    /** A format and the share of records that it gives sound events of, 0 to 1. */
    public record Score(Format format, double share) {}

    /** The settings that a format is tried with: where its records name no service, any stands for it. */
    static TopicSettings anyService(Format format) {
        return new TopicSettings(format, ANY_SERVICE, List.of(), "", TopicSettings.Beginning.NOW);
    }

    /** Every format, the likeliest first; the narrower before the wider where they fit alike, and text at last. */
    public List<Score> scores(List<ForeignRecord> records) {
        List<Score> scores = new ArrayList<>();
        for (Format format : Format.values()) {
            long sound =
                    records.stream().filter(record -> sound(format, record)).count();
            scores.add(new Score(format, records.isEmpty() ? 0 : (double) sound / records.size()));
        }
        scores.sort(Comparator.comparingDouble(Score::share).reversed());
        return scores;
    }

    private boolean sound(Format format, ForeignRecord record) {
        if (!marked(format, record)) {
            return false;
        }
        Decoded decoded = Format.reader(anyService(format)).read(record);
        if (!(decoded instanceof Decoded.Request request) || !request.spoiled().isEmpty()) {
            return false;
        }
        List<Boolean> events = new ArrayList<>();
        Source source = new Source("preview", Math.max(record.time(), 1), null, Long.MAX_VALUE / 2, false);
        normaliser.normalise(request.message(), source, outcome -> events.add(sound(outcome)));
        return !events.isEmpty() && events.stream().allMatch(each -> each);
    }

    private static boolean sound(Outcome outcome) {
        if (outcome instanceof Outcome.Parsed parsed && parsed.event() instanceof LogEvent log) {
            return !log.getBody().isBlank() || !log.getAttributes().isEmpty();
        }
        return !(outcome instanceof Outcome.Rejected);
    }

    /** What tells the JSON of one shipper from that of another; binary data is no text. */
    private static boolean marked(Format format, ForeignRecord record) {
        String text = new String(record.value(), StandardCharsets.UTF_8);
        return switch (format) {
            case ECS ->
                text.contains("\"ecs\"")
                        || text.contains("\"ecs.version\"")
                        || text.contains("\"@metadata\"")
                        || text.contains("\"log.level\"")
                        || (text.contains("\"@timestamp\"") && text.contains("\"message\""));
            case VECTOR -> text.contains("\"source_type\"");
            case TEXT ->
                text.chars()
                        .noneMatch(c ->
                                c == 0 || c == 0xFFFD || (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != 27));
            default -> true;
        };
    }
}
