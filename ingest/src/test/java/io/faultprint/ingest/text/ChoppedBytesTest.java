package io.faultprint.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A file comes in pieces of any size: the same bytes are the same records, wherever they are cut. */
class ChoppedBytesTest {

    private static final List<String> TRACES = JoinerTest.traces().toList();

    @Property(tries = 300)
    void theSameBytesAreTheSameRecordsWhereverTheyAreCut(@ForAll("files") byte[] file, @ForAll List<Integer> cuts) {
        TreeSet<Integer> places = new TreeSet<>(List.of(0, file.length));
        cuts.forEach(cut -> places.add(file.length == 0 ? 0 : Math.floorMod(cut, file.length)));

        assertThat(read(file, List.copyOf(places))).isEqualTo(read(file, List.of(0, file.length)));
    }

    /** Traces, ordinary lines and noise, after each other. */
    @Provide
    Arbitrary<byte[]> files() {
        Arbitrary<byte[]> known = Arbitraries.of(TRACES).map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> lines = Arbitraries.of(
                        "2026-01-02 03:04:05 INFO größer\r\n",
                        "{\"msg\":\"x\"}\n",
                        "plain\n",
                        "\n",
                        "  set in\n",
                        "half")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Arbitraries.oneOf(known, lines, noise).list().ofMaxSize(12).map(ChoppedBytesTest::joined);
    }

    private static byte[] joined(List<byte[]> parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static List<TextReader.Read> read(byte[] file, List<Integer> places) {
        List<TextReader.Read> records = new ArrayList<>();
        TextReader reader = new TextReader(ZoneOffset.UTC, JoinLimits.DEFAULT, records::add);
        LineBytes lines = new LineBytes(60, 0, 0, reader::add);
        for (int i = 1; i < places.size(); i++) {
            lines.feed(file, places.get(i - 1), places.get(i) - places.get(i - 1), Entries.READ_AT);
        }
        lines.end(Entries.READ_AT);
        reader.flush();
        return records;
    }
}
