package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignatureTreeTest {

    private final Masker masker = new Masker();
    private final SignatureTree tree = new SignatureTree(new SignatureLimits(3, 2));

    private Resolution resolve(String line) {
        return tree.resolve(masker.mask(line));
    }

    @Test
    void aNumberNeverSplitsASignature() {
        Resolution first = resolve("took 17 steps");
        Resolution again = resolve("took 4 steps");

        assertThat(first).isInstanceOf(Resolution.Born.class);
        assertThat(again).isEqualTo(new Resolution.Known(first.signature()));
    }

    @Test
    void aMeaningfulWordSplitsASignature() {
        String started = resolve("[instance: 7] VM Started (Lifecycle Event)")
                .signature()
                .id();
        String stopped = resolve("[instance: 7] VM Stopped (Lifecycle Event)")
                .signature()
                .id();

        assertThat(started).isNotEqualTo(stopped);
    }

    @Test
    void aTemplateWidensAndItsIdStays() {
        Signature born = resolve("caller is com.example.mail waiting").signature();

        Resolution.Joined joined = (Resolution.Joined) resolve("caller is com.example.chat waiting");

        assertThat(joined.widened()).isTrue();
        assertThat(joined.signature().id()).isEqualTo(born.id());
        assertThat(joined.signature().template()).isEqualTo("caller is <*> waiting");
        assertThat(joined.signature().founding()).isEqualTo(born.founding());
    }

    @Test
    void oneAndManyAreCountedTogether() {
        Signature one = resolve("moved 1 file to trash").signature();

        Resolution.Joined many = (Resolution.Joined) resolve("moved 2 files to trash");

        assertThat(many.signature()).isEqualTo(one);
        assertThat(many.widened()).isFalse();
    }

    @Test
    void anIdIsTheSameInEveryTree() {
        SignatureTree other = new SignatureTree(SignatureLimits.DEFAULT);
        other.resolve(masker.mask("something else"));

        assertThat(other.resolve(masker.mask("took 9 steps")).signature().id())
                .isEqualTo(resolve("took 17 steps").signature().id());
    }

    @Test
    void tooManySignaturesAreAFlood() {
        resolve("one thing");
        resolve("another thing");
        resolve("some more");

        Resolution flooded = resolve("never seen");

        assertThat(flooded).isEqualTo(new Resolution.Flooded(SignatureTree.FLOOD));
        assertThat(tree.size()).isEqualTo(3);
        assertThat(resolve("one thing")).isInstanceOf(Resolution.Known.class);
    }

    @Test
    void theOldestWordingIsForgottenAndAskedForAgain() {
        resolve("moved 1");
        resolve("moved 1 2");

        Resolution.Joined third = (Resolution.Joined) resolve("moved 1 2 3");
        Resolution again = resolve("moved 1");

        assertThat(third.forgotten()).containsExactly(masker.mask("moved 1").hash());
        assertThat(again).isInstanceOf(Resolution.Joined.class);
        assertThat(again.signature().id()).isEqualTo(third.signature().id());
    }

    @Test
    void exceptionsNeverMeetByLikeness() {
        MaskedLine one = MaskedLine.of("a.B: caller is com.example.mail waiting", MaskedLine.Kind.EXCEPTION);
        MaskedLine two = MaskedLine.of("a.B: caller is com.example.chat waiting", MaskedLine.Kind.EXCEPTION);

        assertThat(tree.resolve(one).signature().id())
                .isNotEqualTo(tree.resolve(two).signature().id());
    }

    @Test
    void aWordOfWhichThereAreManyIsAVariable() {
        SignatureTree roomy = new SignatureTree(SignatureLimits.DEFAULT);
        String[] cities = {"Bern", "Oslo", "Rome", "Lima", "Cairo", "Quito", "Paris", "Dakar", "Delhi", "Tunis"};
        Resolution last = roomy.resolve(masker.mask("warehouse in Accra is empty"));
        for (String city : cities) {
            last = roomy.resolve(masker.mask("warehouse in " + city + " is empty"));
        }

        assertThat(last.signature().template()).isEqualTo("warehouse in <*> is empty");
        assertThat(roomy.size()).isEqualTo(1);
    }

    @Test
    void signaturesThatAWiderOneCoversAreItsAliases() {
        SignatureTree roomy = new SignatureTree(SignatureLimits.DEFAULT);
        String[] cities = {"Accra", "Bern", "Oslo", "Rome", "Lima", "Cairo", "Quito", "Paris"};
        List<String> ids = Stream.of(cities)
                .map(city -> roomy.resolve(masker.mask("warehouse in " + city + " is empty"))
                        .signature()
                        .id())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();

        Resolution.Joined ninth = (Resolution.Joined) roomy.resolve(masker.mask("warehouse in Dakar is empty"));

        assertThat(ninth.merge().aliases())
                .extracting(Alias::id)
                .containsExactlyInAnyOrderElementsOf(ids.subList(1, 8));
        assertThat(ninth.merge().aliases()).extracting(Alias::of).containsOnly(ids.get(0));
        assertThat(ids).extracting(roomy::current).containsOnly(ids.get(0));
        assertThat(roomy.resolve(masker.mask("warehouse in Oslo is empty"))
                        .signature()
                        .id())
                .isEqualTo(ids.get(0));
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThatThrownBy(() -> new SignatureLimits(0, 1)).hasMessageContaining("at least 1: 0 signatures");
    }
}
