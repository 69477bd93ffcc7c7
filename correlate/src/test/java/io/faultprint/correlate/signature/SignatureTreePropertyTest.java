package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SignatureTreePropertyTest {

    private static final SignatureLimits TIGHT = new SignatureLimits(40, 3);

    private final Masker masker = new Masker();

    @Property(tries = 200)
    void aRestoredTreeGoesOnAsIfNothingHadHappened(@ForAll("lines") List<String> lines, @ForAll Random random) {
        SignatureTree steady = new SignatureTree(TIGHT);
        SignatureTree restored = new SignatureTree(TIGHT);
        Store store = new Store();
        for (String line : lines) {
            MaskedLine masked = masker.mask(line);

            Resolution expected = steady.resolve(masked);
            Resolution resolution = restored.resolve(masked);
            store.apply(resolution);

            assertThat(resolution).isEqualTo(expected);
            if (random.nextInt(4) == 0) {
                restored = store.restore(random);
            }
        }
        assertThat(restored.signatures()).isEqualTo(steady.signatures());
        assertThat(restored.knownHashes()).isEqualTo(steady.knownHashes());
        assertThat(restored.aliases()).isEqualTo(steady.aliases());
    }

    @Property(tries = 200)
    void withinAWindowTheOrderOfArrivalDoesNotMatter(@ForAll("lines") List<String> lines, @ForAll Random random) {
        SignatureTree inOrder = new SignatureTree(TIGHT);
        SignatureTree shuffled = new SignatureTree(TIGHT);
        for (int from = 0; from < lines.size(); from += 10) {
            List<Arrival> arrival = new ArrayList<>();
            for (int i = from; i < Math.min(lines.size(), from + 10); i++) {
                arrival.add(new Arrival(i, masker.mask(lines.get(i))));
            }
            close(inOrder, arrival);
            Collections.shuffle(arrival, random);
            close(shuffled, arrival);
        }

        assertThat(shuffled.signatures()).isEqualTo(inOrder.signatures());
        assertThat(shuffled.knownHashes()).isEqualTo(inOrder.knownHashes());
        assertThat(shuffled.aliases()).isEqualTo(inOrder.aliases());
    }

    @Property(tries = 500)
    void everyTextIsMaskedWithoutError(@ForAll String text) {
        MaskedLine masked = masker.mask(text);

        assertThat(masker.scan(text)).isEqualTo(masked.hash());
        assertThat(MaskedLine.of(masked.text(), MaskedLine.Kind.LINE)).isEqualTo(masked);
    }

    @Property(tries = 5_000)
    void textFullOfSignsIsMaskedWithoutError(@ForAll("signs") String text) {
        MaskedLine masked = masker.mask(text);

        assertThat(masker.scan(text)).isEqualTo(masked.hash());
        assertThat(new ExceptionSigner().fromBody("\n\tat " + text, masker)).isNotNull();
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.strings()
                .withChars("=:;,.\"'()[]{}<>/\\@#|+-_ \t\n")
                .withChars("aZ0189xTJan")
                .ofMaxLength(60);
    }

    private record Arrival(int time, MaskedLine line) {}

    /** As the topology does at the close of a window: each distinct hash once, in (event time, hash) order. */
    private static void close(SignatureTree tree, List<Arrival> arrivals) {
        Map<Long, Arrival> first = new HashMap<>();
        for (Arrival arrival : arrivals) {
            first.merge(arrival.line().hash(), arrival, (a, b) -> a.time() <= b.time() ? a : b);
        }
        first.values().stream()
                .sorted(Comparator.comparingInt(Arrival::time)
                        .thenComparingLong(arrival -> arrival.line().hash()))
                .forEach(arrival -> tree.resolve(arrival.line()));
    }

    /** Half of the lines say one thing of ever other words, so that templates widen and cover others. */
    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> crowded = Arbitraries.of(
                        "ash", "elm", "oak", "fir", "yew", "bay", "fig", "box", "lime", "pear", "plum", "pine")
                .list()
                .ofSize(2)
                .map(words -> "the " + words.get(0) + " of row 7 is gone for "
                        + (words.get(1).length() > 3 ? "good" : words.get(1)));
        return Arbitraries.oneOf(crowded, mixedLine()).list().ofMaxSize(160);
    }

    private static Arbitrary<String> mixedLine() {
        Arbitrary<String> token = Arbitraries.of(
                "order",
                "cart",
                "failed",
                "is",
                "READY",
                "7",
                "12ms",
                "10.0.0.1",
                "com.example.mail",
                "com.example.chat",
                "net.foo",
                "node7",
                "a=b",
                "x=1",
                "[1, 2]",
                "user",
                "bob",
                "from",
                "(gone)",
                "/var/x",
                ":",
                "-");
        return token.list().ofMinSize(1).ofMaxSize(6).map(tokens -> String.join(" ", tokens));
    }

    /** The changelogged store, reduced to its rows. */
    private static final class Store {

        private final Map<String, Signature> signatures = new TreeMap<>();
        private final Map<Long, KnownHash> hashes = new TreeMap<>();
        private final Map<String, Alias> aliases = new TreeMap<>();

        void apply(Resolution resolution) {
            if (resolution instanceof Resolution.Born born) {
                signatures.put(born.signature().id(), born.signature());
                hashes.put(born.learned().hash(), born.learned());
            } else if (resolution instanceof Resolution.Joined joined) {
                if (joined.widened()) {
                    signatures.put(joined.signature().id(), joined.signature());
                }
                hashes.put(joined.learned().hash(), joined.learned());
                joined.forgotten().forEach(hashes::remove);
                joined.merge().aliases().forEach(alias -> {
                    Signature merged = Objects.requireNonNull(signatures.remove(alias.id()));
                    assertThat(merged.order()).isGreaterThan(joined.signature().order());
                    aliases.put(alias.id(), alias);
                });
                joined.merge().forgotten().forEach(aliases::remove);
            }
        }

        SignatureTree restore(Random random) {
            List<Signature> rows = new ArrayList<>(signatures.values());
            List<KnownHash> known = new ArrayList<>(hashes.values());
            Collections.shuffle(rows, random);
            Collections.shuffle(known, random);
            List<Alias> merged = new ArrayList<>(aliases.values());
            Collections.shuffle(merged, random);
            return SignatureTree.restore(TIGHT, SteeringRules.NONE, rows, known, merged);
        }
    }
}
