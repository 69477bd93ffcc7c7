package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.snapshot.Places;
import io.faultprint.correlate.snapshot.SignatureLines;
import io.faultprint.correlate.state.SignatureSeenRow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen of a signature, as it grows. */
final class Seen {

    private static final int EXAMPLES = 3;

    private Seen() {}

    /** With the lines of one more window. */
    static SignatureSeenRow with(@Nullable SignatureSeenRow before, SignatureLines lines) {
        return together(
                before,
                new SignatureSeenRow(
                        lines.severityNumber(),
                        lines.first(),
                        lines.last(),
                        lines.count(),
                        lines.example().isEmpty() ? List.of() : List.of(lines.example()),
                        lines.places(),
                        lines.frames()));
    }

    /** Of two signatures that are one. */
    static SignatureSeenRow together(@Nullable SignatureSeenRow one, SignatureSeenRow other) {
        if (one == null) {
            return other;
        }
        return new SignatureSeenRow(
                Math.max(one.getSeverityNumber(), other.getSeverityNumber()),
                Math.min(one.getFirstSeen(), other.getFirstSeen()),
                Math.max(one.getLastSeen(), other.getLastSeen()),
                one.getCount() + other.getCount(),
                Stream.concat(one.getExamples().stream(), other.getExamples().stream())
                        .distinct()
                        .limit(EXAMPLES)
                        .toList(),
                Places.together(one.getPlaces(), other.getPlaces()),
                one.getFrames().isEmpty() ? other.getFrames() : one.getFrames());
    }
}
