package io.faultprint.correlate.topology.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.incident.RandomStory;
import io.faultprint.correlate.incident.Story;
import io.faultprint.snapshot.Digest;
import io.faultprint.topic.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.streams.test.TestRecord;

/** Neither the order of arrival nor the number of partitions may be seen in what comes out. */
class ArrivalOrderTest {

    private static final int WINDOWS = 40;

    @Property(tries = 25)
    void theOrderOfArrivalIsNotSeen(
            @ForAll long story, @ForAll long order, @ForAll @IntRange(min = 1, max = WINDOWS) int together)
            throws IOException {
        List<Digest> digests = RandomStory.of(story, WINDOWS, "prod", "staging");

        List<String> inOrder = play(digests, 1, new Random(0), false);
        List<String> shuffled = play(digests, together, new Random(order), true);

        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(inOrder).isNotEmpty();
    }

    @Property(tries = 10)
    void theNumberOfPartitionsIsNotSeen(@ForAll long story) throws IOException {
        List<Digest> digests = RandomStory.of(story, WINDOWS, "prod", "staging", "eu", "us");

        Map<String, List<String>> one = byEnvironment(play(digests, 1, new Random(0), false));
        Map<String, List<String>> two = new TreeMap<>();
        for (int partition = 0; partition < 2; partition++) {
            int mine = partition;
            List<Digest> share = digests.stream()
                    .filter(d -> Keys.partition(d.getEnvironment(), 2) == mine)
                    .toList();
            two.putAll(byEnvironment(play(share, 1, new Random(0), false)));
        }

        assertThat(two).isEqualTo(one);
    }

    /** Digests of so many windows together, then ticks of two sources that close them; everything that came out. */
    private static List<String> play(List<Digest> digests, int together, Random random, boolean shuffle)
            throws IOException {
        Path directory = Files.createTempDirectory("arrival-order");
        try (Bench bench = new Bench(directory, 2)) {
            for (int first = 0; first < WINDOWS; first += together) {
                int from = first;
                int to = Math.min(WINDOWS, from + together);
                List<Digest> batch = new ArrayList<>(
                        digests.stream().filter(d -> inside(d, from, to)).toList());
                if (shuffle) {
                    Collections.shuffle(batch, random);
                }
                batch.forEach(bench::tell);
                bench.tick(1, 2, to - 1).tick(0, 2, to - 1);
            }
            bench.tick(0, 2, WINDOWS + 5, true, true).tick(1, 2, WINDOWS + 5, true, true);
            List<String> out = new ArrayList<>();
            bench.out("incidents").forEach(r -> out.add(text(r)));
            bench.out("clusters").forEach(r -> out.add(text(r)));
            return out;
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private static boolean inside(Digest digest, int from, int to) {
        return digest.getWindowStart() >= Story.at(from) && digest.getWindowStart() < Story.at(to);
    }

    private static String text(TestRecord<byte[], byte[]> r) {
        return new String(r.key(), StandardCharsets.UTF_8) + " "
                + HexFormat.of().formatHex(r.value());
    }

    private static Map<String, List<String>> byEnvironment(List<String> records) {
        Map<String, List<String>> found = new TreeMap<>();
        records.forEach(r -> found.computeIfAbsent(Keys.environmentOf(r), e -> new ArrayList<>())
                .add(r));
        return found;
    }
}
