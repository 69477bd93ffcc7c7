package io.faultprint.correlate.signature;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A line of {@code labelled-lines.tsv}. */
record LabelledLine(String style, String label, String text) {

    static List<LabelledLine> all() throws IOException {
        try (BufferedReader reader = open("/signature/labelled-lines.tsv")) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 3))
                    .map(fields -> new LabelledLine(fields[0], fields[1], fields[2]))
                    .toList();
        }
    }

    static BufferedReader open(String resource) {
        return new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(LabelledLine.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8));
    }
}
