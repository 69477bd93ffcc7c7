package io.faultprint.ingest.preview;

import io.faultprint.event.LogEvent;
import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.Marks;
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

    /**
     * A format and how well it fits.
     *
     * @param share of records that it gives sound events of, 0 to 1
     * @param own the share of records that only this format can be, 0 to 1
     */
    public record Score(Format format, double share, double own) {

        /** Whether nothing in the records tells which of the two it is; that all can be read as text says nothing. */
        public boolean alike(Score other) {
            return other.format != Format.TEXT && share == other.share && own == other.own && share > 0;
        }
    }

    /** The settings that a format is tried with: where its records name no service, any stands for it. */
    static TopicSettings anyService(Format format) {
        return new TopicSettings(format, ANY_SERVICE, List.of(), "", TopicSettings.Beginning.NOW);
    }

    /**
     * Every format, the likeliest first: what has marks of its own before what merely can be read so, then the narrower
     * before the wider, and text at last.
     */
    public List<Score> scores(List<ForeignRecord> records) {
        List<Score> scores = new ArrayList<>();
        for (Format format : Format.values()) {
            int sound = 0;
            int own = 0;
            for (ForeignRecord record : records) {
                boolean fits = fits(format, record);
                sound += fits ? 1 : 0;
                own += fits && format != Format.TEXT && Marks.of(format, record.value()) == Marks.OWN ? 1 : 0;
            }
            double all = Math.max(records.size(), 1);
            scores.add(new Score(format, sound / all, own / all));
        }
        scores.sort(Comparator.comparingDouble((Score score) -> score.share() + score.own())
                .thenComparingDouble(Score::share)
                .reversed());
        return scores;
    }

    private boolean fits(Format format, ForeignRecord record) {
        if (format == Format.TEXT ? !isText(record.value()) : Marks.of(format, record.value()) == Marks.NONE) {
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

    private static boolean isText(byte[] record) {
        return new String(record, StandardCharsets.UTF_8)
                .chars()
                .noneMatch(c -> c == 0 || c == 0xFFFD || (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != 27));
    }
}
