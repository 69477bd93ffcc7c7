package io.faultprint.local.determinism;

import io.faultprint.local.determinism.Said.Word;
import io.faultprint.serde.AvroCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The first record in which two runs differ.
 *
 * @param topic where it stands
 * @param key whose it is
 * @param number the how many-eth of its key, from 1; for incidents, clusters and diagnoses that is its revision
 * @param field the path of the field, {@code candidates[0].score}; empty when one run has no such record
 * @param expected what the reference says
 * @param found what the other run says
 * @param extent how many keys of the topic differ, and of how many
 */
public record Difference(
        String topic, String key, int number, String field, String expected, String found, String extent) {

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final String NONE = "no such record";

    /** Compares topic by topic, in the order in which they follow from each other. */
    static Optional<Difference> first(String kafka, Said reference, Said other) {
        for (Map.Entry<String, Map<String, List<Word>>> topic :
                reference.records().entrySet()) {
            Map<String, List<Word>> there = topic.getValue();
            Map<String, List<Word>> here = other.records().getOrDefault(topic.getKey(), Map.of());
            TreeSet<String> keys = new TreeSet<>(there.keySet());
            keys.addAll(here.keySet());
            int all = keys.size();
            keys.removeIf(key -> hashes(there.get(key)).equals(hashes(here.get(key))));
            if (!keys.isEmpty()) {
                return Optional.of(of(kafka, topic.getKey(), keys, there, here, keys.size() + " of " + all));
            }
        }
        return lines(reference.lines(), other.lines());
    }

    private static Difference of(
            String kafka,
            String topic,
            TreeSet<String> keys,
            Map<String, List<Word>> there,
            Map<String, List<Word>> here,
            String extent) {
        String key = keys.first();
        int least = Integer.MAX_VALUE;
        for (String each : keys) {
            int number = firstDifferent(hashes(there.get(each)), hashes(here.get(each)));
            if (number < least) {
                least = number;
                key = each;
            }
        }
        SpecificRecord one = fetch(kafka, there.get(key), least);
        SpecificRecord two = fetch(kafka, here.get(key), least);
        if (one == null || two == null) {
            return new Difference(
                    topic,
                    key,
                    least + 1,
                    "",
                    one == null ? NONE : one.toString(),
                    two == null ? NONE : two.toString(),
                    extent);
        }
        Fields.Different field = Fields.first(one, two)
                .orElse(new Fields.Different("(the same fields in other bytes)", one.toString(), two.toString()));
        return new Difference(topic, key, least + 1, field.path(), field.one(), field.other(), extent);
    }

    private static List<Long> hashes(@Nullable List<Word> words) {
        return words == null ? List.of() : words.stream().map(Word::hash).toList();
    }

    private static int firstDifferent(List<Long> one, List<Long> other) {
        int i = 0;
        while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
            i++;
        }
        return i;
    }

    private static @Nullable SpecificRecord fetch(String kafka, @Nullable List<Word> words, int index) {
        if (words == null || index >= words.size()) {
            return null;
        }
        Word word = words.get(index);
        return CODEC.decode(LogReader.at(kafka, word.partition(), word.offset()).value());
    }

    private static Optional<Difference> lines(List<String> reference, List<String> other) {
        for (int i = 0; i < Math.max(reference.size(), other.size()); i++) {
            String one = i < reference.size() ? reference.get(i) : NONE;
            String two = i < other.size() ? other.get(i) : NONE;
            if (!one.equals(two)) {
                return Optional.of(new Difference("replay --incidents", "", i + 1, "", one, two, "the records do not"));
            }
        }
        return Optional.empty();
    }

    /** Several lines for people: where, and both values. */
    public List<String> text() {
        return List.of(
                topic + (key.isEmpty() ? ", line " : " of " + key + ", record ") + number
                        + (field.isEmpty() ? "" : ", " + field) + " (keys that differ: " + extent + ")",
                "  reference: " + expected,
                "  here:      " + found);
    }
}
