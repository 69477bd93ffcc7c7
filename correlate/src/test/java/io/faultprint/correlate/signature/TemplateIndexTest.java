package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What the index finds is what a look at every template finds. */
class TemplateIndexTest {

    private static final int CROWD = 3;

    @Property(tries = 300)
    void itFindsWhatALookAtEveryTemplateFinds(
            @ForAll("texts") List<String> texts, @ForAll("texts") List<String> lines, @ForAll Random random) {
        TemplateIndex index = new TemplateIndex(SteeringRules.NONE);
        Map<String, Signature> templates = new TreeMap<>();
        for (String text : texts) {
            Signature signature = Signature.born(
                    MaskedLine.of(text, MaskedLine.Kind.LINE), templates.size() + random.nextInt(1000) * 1000L);
            if (templates.putIfAbsent(signature.id(), signature) == null) {
                index.add(signature);
            }
            if (random.nextInt(5) == 0) {
                String gone = templates.keySet().iterator().next();
                templates.remove(gone);
                index.remove(gone);
            }
        }

        for (String line : lines) {
            Wording wording = Wording.of(line, SteeringRules.NONE);

            assertThat(id(index.mostAlike(wording))).isEqualTo(mostAlike(templates, wording));
            assertThat(index.crowd(wording, CROWD).stream()
                            .map(TemplateIndex.Node::id)
                            .toList())
                    .isEqualTo(crowd(templates, wording));
        }
    }

    private static @Nullable String id(TemplateIndex.@Nullable Node node) {
        return node == null ? null : node.id();
    }

    private static List<Signature> oldestFirst(Map<String, Signature> templates, Wording line) {
        return templates.values().stream()
                .filter(signature ->
                        Wording.of(signature.template(), SteeringRules.NONE).size() == line.size())
                .sorted(Comparator.comparingLong(Signature::order))
                .toList();
    }

    private static @Nullable String mostAlike(Map<String, Signature> templates, Wording line) {
        String best = null;
        int most = Likeness.NONE;
        for (Signature signature : oldestFirst(templates, line)) {
            int likeness = Likeness.of(Wording.of(signature.template(), SteeringRules.NONE), line);
            if (likeness > most) {
                best = signature.id();
                most = likeness;
            }
        }
        return best;
    }

    private static List<String> crowd(Map<String, Signature> templates, Wording line) {
        Map<Integer, List<String>> byPlace = new TreeMap<>();
        List<Integer> places = new ArrayList<>();
        for (Signature signature : oldestFirst(templates, line)) {
            int place = Likeness.singleWord(Wording.of(signature.template(), SteeringRules.NONE), line);
            if (place >= 0) {
                byPlace.computeIfAbsent(place, at -> new ArrayList<>()).add(signature.id());
                places.add(place);
            }
        }
        return places.stream()
                .map(byPlace::get)
                .filter(crowd -> crowd.size() >= CROWD)
                .findFirst()
                .orElse(List.of());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of(
                        "red", "blue", "old", "files", "file", "<*>", "<num>", "<val>", "a.b.c", "a.b.d", "node7", "X1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(words -> String.join(" ", words))
                .list()
                .ofMaxSize(60);
    }
}
