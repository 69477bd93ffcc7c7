package io.faultprint.ingest.text;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads whole texts, as the tests want them. */
final class Entries {

    static final long READ_AT = 1_772_366_400_000L;

    private Entries() {}

    static List<LogRecord> records(String text) {
        return records(text, JoinLimits.DEFAULT);
    }

    static List<LogRecord> records(String text, JoinLimits limits) {
        List<LogRecord> records = new ArrayList<>();
        TextReader reader = new TextReader(ZoneOffset.UTC, limits, read -> records.add(read.record()));
        LineBytes lines = new LineBytes(1 << 20, 0, 0, reader::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, 0, bytes.length, READ_AT);
        lines.end(READ_AT);
        reader.flush();
        return records;
    }

    /** The entries' texts. */
    static List<String> joined(String text, JoinLimits limits) {
        List<String> entries = new ArrayList<>();
        Joiner joiner = new Joiner(new LogTimes(ZoneOffset.UTC), limits, entry -> entries.add(entry.text()));
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            joiner.add(new Line(lines[i], i, 0, 0, READ_AT));
        }
        joiner.flush();
        return entries;
    }

    static String attribute(LogRecord record, String name) {
        return record.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }
}
