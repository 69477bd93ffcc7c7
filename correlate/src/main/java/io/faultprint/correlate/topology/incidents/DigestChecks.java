package io.faultprint.correlate.topology.incidents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.Surprise;
import io.faultprint.time.Windows;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a digest must be before it may reach an incident. Bounds are far above what signals writes. */
final class DigestChecks {

    /** Rows of state and incidents hold parts of digests. */
    static final int LARGEST = 768 << 10;

    private static final int NAME = 1 << 10;
    private static final int TEXT = 16 << 10;

    /** Signals cuts to eight; each that is kept is a row. */
    private static final int SURPRISES = 256;

    private static final int EDGES = 10_000;
    private static final int CHANGES = 1_000;
    private static final int ALIASES = 1_000;

    private final Windows windows;
    private final Horizon horizon;

    DigestChecks(Windows windows, Horizon horizon) {
        this.windows = windows;
        this.horizon = horizon;
    }

    /** Why it cannot be used; null when it can. */
    @Nullable
    Refusal of(Digest digest, byte @Nullable [] key, long appended) {
        Refusal refusal = place(digest, appended);
        refusal = refusal == null ? sizes(digest) : refusal;
        refusal = refusal == null ? numbers(digest) : refusal;
        return refusal == null ? key(digest, key) : refusal;
    }

    private @Nullable Refusal place(Digest digest, long appended) {
        if (digest.getEnvironment().isEmpty() || digest.getService().isEmpty()) {
            return new Refusal(
                    Cause.BAD_VALUE, "a digest without " + (digest.getService().isEmpty() ? "service" : "environment"));
        }
        long start = digest.getWindowStart();
        if (start != windows.startOf(start) || digest.getWindowEnd() != start + windows.sizeMillis()) {
            return time(digest, "which is no window of " + windows.sizeMillis() + " ms");
        }
        return horizon.believesEvent(start, appended)
                ? null
                : time(
                        digest,
                        "appended at " + appended + ": must be from 1970 to "
                                + (horizon.live() ? "a day after the broker's clock" : "9999"));
    }

    private static @Nullable Refusal sizes(Digest digest) {
        if (digest.getSurprises().size() > SURPRISES
                || digest.getEdges().size() > EDGES
                || digest.getChanges().size() > CHANGES
                || digest.getAliases().size() > ALIASES) {
            return value("a digest of " + digest.getSurprises().size() + " surprises, "
                    + digest.getEdges().size() + " edges, "
                    + digest.getChanges().size() + " changes, "
                    + digest.getAliases().size() + " aliases; at most "
                    + SURPRISES + ", " + EDGES + ", " + CHANGES + ", " + ALIASES);
        }
        for (SignatureAlias alias : digest.getAliases()) {
            if (!signature(alias.getId()) || !signature(alias.getOf())) {
                return value("an alias from '" + Letter.cut(alias.getId()) + "' to '" + Letter.cut(alias.getOf())
                        + "': both must be ids of signatures");
            }
        }
        Stream<String> names = Stream.concat(
                Stream.of(digest.getEnvironment(), digest.getService()),
                Stream.concat(
                        digest.getEdges().stream().map(Edge::getCallee),
                        digest.getChanges().stream().map(ChangeRef::getService)));
        if (names.anyMatch(name -> name.length() > NAME)) {
            return value("a name in the digest has more than " + NAME + " characters");
        }
        Stream<String> texts = digest.getSurprises().stream()
                .flatMap(s -> Stream.of(s.getSubject(), s.getLabel(), s.getExample(), s.getUnit()));
        return texts.anyMatch(text -> text.length() > TEXT)
                ? value("a text of a surprise has more than " + TEXT + " characters")
                : null;
    }

    private static boolean signature(String id) {
        return id.startsWith("sig") && id.length() <= NAME && id.indexOf(' ') < 0;
    }

    private static @Nullable Refusal numbers(Digest digest) {
        if (!Double.isFinite(digest.getStrength())) {
            return value("a digest of strength " + digest.getStrength());
        }
        for (Surprise surprise : digest.getSurprises()) {
            if (!Double.isFinite(surprise.getScore())) {
                return value("a surprise of score " + surprise.getScore() + ": " + Letter.cut(surprise.getLabel()));
            }
            if (surprise.getOnset() < 0 || surprise.getOnset() > Horizon.LATEST) {
                return new Refusal(Cause.BAD_TIME, "a surprise with onset " + surprise.getOnset());
            }
        }
        for (Edge edge : digest.getEdges()) {
            if (edge.getCalls() < 0 || edge.getErrors() < 0 || !Double.isFinite(edge.getMeanMillis())) {
                return value("an edge to " + Letter.cut(edge.getCallee()) + " with " + edge.getCalls() + " calls, "
                        + edge.getErrors() + " errors, " + edge.getMeanMillis() + " ms");
            }
        }
        return null;
    }

    private static @Nullable Refusal key(Digest digest, byte @Nullable [] key) {
        String named = key == null ? "" : new String(key, UTF_8);
        return named.equals(digest.getEnvironment())
                ? null
                : new Refusal(
                        Cause.BAD_KEY,
                        "a digest of environment " + digest.getEnvironment() + " under the key '" + Letter.cut(named)
                                + "': the key decides the partition, so they must agree");
    }

    private static Refusal time(Digest digest, String why) {
        return new Refusal(
                Cause.BAD_TIME, "a digest of [" + digest.getWindowStart() + ", " + digest.getWindowEnd() + "), " + why);
    }

    private static Refusal value(String message) {
        return new Refusal(Cause.BAD_VALUE, message);
    }
}
