package io.faultprint.local.letters;

import io.faultprint.event.Envelope;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Late events as a recording: what a replay reads, in the order of event time. */
public final class LateExport {

    private record Line(long time, String text) {}

    private final AvroCodec codec;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> left = new TreeMap<>();

    public LateExport(AvroCodec codec) {
        this.codec = codec;
    }

    /** Adds the event in these bytes, if it is one that a replay can read. */
    public void add(byte @org.jspecify.annotations.Nullable [] bytes) {
        try {
            SpecificRecord event = codec.decode(bytes == null ? new byte[0] : bytes);
            Optional<Envelope> envelope = OtlpLines.envelope(event);
            if (envelope.isPresent()) {
                lines.add(new Line(envelope.get().getEventTime(), OtlpLines.of(event)));
            } else {
                left.merge(event.getSchema().getName(), 1, Integer::sum);
            }
        } catch (MalformedRecord broken) {
            left.merge("unreadable", 1, Integer::sum);
        }
    }

    /** Writes the recording whole or not at all. */
    public void write(Path file) throws IOException {
        lines.sort(Comparator.comparingLong(Line::time));
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, lines.stream().map(Line::text).toList());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public int written() {
        return lines.size();
    }

    /** What no recording can hold, by type: alerts, and the digests and partials of stages. */
    public Map<String, Integer> left() {
        return left;
    }
}
