package io.faultprint.correlate.signature;

import io.faultprint.correlate.signature.Wording.Sort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The line templates of one tree, found by what they say; what is found is what a comparison with every one would give,
 * at a cost that does not grow with their number.
 *
 * <p>Plain words must be equal where the template has not let them vary, so templates stand under a hash of theirs, in
 * place; a line is looked up once for each set of places where templates of its size let words vary. For {@link
 * #crowd} they stand also under all they say but one word, for each word.
 */
final class TemplateIndex {

    /** What stands for every element that is no plain word. */
    private static final long LOOSE = 3;

    private final SteeringRules rules;
    private final List<@Nullable Node> nodes = new ArrayList<>();
    private final Deque<Integer> vacant = new ArrayDeque<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final Buckets byWords = new Buckets();
    private final Buckets byAllButOne = new Buckets();
    /** Of templates that differ in one word from a line one half is all the same: most lines need not look further. */
    private final Sketch halves = new Sketch();

    /** By size: where templates let words vary, and how many do so there. */
    private final Map<Integer, Map<BitSet, Integer>> variable = new HashMap<>();

    /** A line signature and its template, ready to compare. */
    record Node(String id, long order, Wording template) {}

    TemplateIndex(SteeringRules rules) {
        this.rules = rules;
    }

    void add(Signature signature) {
        Node node = new Node(signature.id(), signature.order(), Wording.of(signature.template(), rules));
        Integer free = vacant.pollLast();
        int at = free == null ? nodes.size() : free;
        if (free == null) {
            nodes.add(node);
        } else {
            nodes.set(at, node);
        }
        byId.put(node.id, at);
        Wording template = node.template;
        sketch(template);
        byWords.add(words(template, new BitSet()), at);
        long all = everything(template);
        for (int i = 0; crowded(template) && i < template.size(); i++) {
            if (template.sort(i) == Sort.WORD) {
                byAllButOne.add(allBut(template, i, all), at);
            }
        }
        BitSet wild = wild(template);
        if (!wild.isEmpty()) {
            variable.computeIfAbsent(template.size(), size -> new HashMap<>()).merge(wild, 1, Integer::sum);
        }
    }

    void remove(String id) {
        Integer at = byId.remove(id);
        Node node = at == null ? null : nodes.set(at, null);
        if (at == null || node == null) {
            throw new IllegalStateException("no template of " + id);
        }
        vacant.addLast(at);
        Wording template = node.template;
        byWords.remove(words(template, new BitSet()), at);
        long all = everything(template);
        for (int i = 0; crowded(template) && i < template.size(); i++) {
            if (template.sort(i) == Sort.WORD) {
                byAllButOne.remove(allBut(template, i, all), at);
            }
        }
        BitSet wild = wild(template);
        Map<BitSet, Integer> ofSize = variable.get(template.size());
        if (!wild.isEmpty() && ofSize != null) {
            ofSize.computeIfPresent(wild, (places, count) -> count == 1 ? null : count - 1);
        }
    }

    /** The template most like a line, the oldest of the equally alike; null when none may take it. */
    @Nullable
    Node mostAlike(Wording line) {
        Best best = new Best(line);
        byWords.each(words(line, new BitSet()), best::look);
        variable.getOrDefault(line.size(), Map.of()).keySet().forEach(places -> {
            if (varies(line, places)) {
                byWords.each(words(line, places), best::look);
            }
        });
        return best.node;
    }

    /**
     * Templates that differ from a line in the same one word, where there are at least {@code most} of them; oldest
     * first, none otherwise.
     */
    List<Node> crowd(Wording line, int most) {
        List<Node> found = new ArrayList<>();
        if (!crowded(line) || !(halves.mayHave(half(line, 0)) || halves.mayHave(half(line, 1)))) {
            return found;
        }
        long all = everything(line);
        List<Node> crowd = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            if (line.sort(i) == Sort.WORD) {
                crowd.clear();
                int place = i;
                byAllButOne.each(allBut(line, i, all), at -> {
                    Node node = node(at);
                    if (Likeness.singleWord(node.template, line) == place) {
                        crowd.add(node);
                    }
                });
                if (crowd.size() >= most && (found.isEmpty() || oldest(crowd).order < oldest(found).order)) {
                    found = new ArrayList<>(crowd);
                }
            }
        }
        found.sort((a, b) -> Long.compare(a.order, b.order));
        return found;
    }

    /** Templates, other than its own, whose every line a template takes without a change; oldest first. */
    List<Node> covered(String id, Wording template) {
        List<Node> covered = new ArrayList<>();
        BitSet wild = wild(template);
        byWords.each(words(template, new BitSet()), at -> cover(id, template, node(at), covered));
        long all = everything(template);
        wild.stream()
                .forEach(place ->
                        byAllButOne.each(allBut(template, place, all), at -> cover(id, template, node(at), covered)));
        covered.sort((a, b) -> Long.compare(a.order, b.order));
        return covered;
    }

    private static void cover(String id, Wording template, Node node, List<Node> covered) {
        boolean other = !node.id.equals(id) && !covered.contains(node) && node.template.size() == template.size();
        if (other
                && Likeness.of(template, node.template) != Likeness.NONE
                && template.widened(node.template).equals(template.text())) {
            covered.add(node);
        }
    }

    private final class Best {
        private final Wording line;
        private @Nullable Node node;
        private int likeness = Likeness.NONE;

        private Best(Wording line) {
            this.line = line;
        }

        private void look(int at) {
            Node other = node(at);
            if (other.template.size() != line.size()) {
                return;
            }
            int alike = Likeness.of(other.template, line);
            boolean older = node != null && alike == likeness && other.order < node.order;
            if (alike > likeness || (alike != Likeness.NONE && older)) {
                node = other;
                likeness = alike;
            }
        }
    }

    private Node node(int at) {
        Node node = nodes.get(at);
        if (node == null) {
            throw new IllegalStateException("template " + at + " is gone");
        }
        return node;
    }

    private static Node oldest(List<Node> crowd) {
        return crowd.stream().min((a, b) -> Long.compare(a.order, b.order)).orElseThrow();
    }

    /** Only where enough words are left when one varies. */
    private static boolean crowded(Wording wording) {
        int words = 0;
        for (int i = 0; i < wording.size(); i++) {
            words += wording.sort(i) == Sort.WORD ? 1 : 0;
        }
        return words >= Likeness.WORDS_FOR_A_CROWD;
    }

    private static BitSet wild(Wording template) {
        BitSet wild = new BitSet();
        for (int i = 0; i < template.size(); i++) {
            if (template.sort(i) == Sort.ANY) {
                wild.set(i);
            }
        }
        return wild;
    }

    /** Whether a line has a plain word at one of these places; else its own key finds all there is. */
    private static boolean varies(Wording line, BitSet places) {
        return places.stream().anyMatch(place -> line.sort(place) == Sort.WORD);
    }

    private static long words(Wording wording, BitSet without) {
        long key = wording.size();
        for (int i = 0; i < wording.size(); i++) {
            boolean word = wording.sort(i) == Sort.FIXED || (wording.sort(i) == Sort.WORD && !without.get(i));
            key = mix(key ^ (word ? wording.hash(i) : LOOSE));
        }
        return key;
    }

    private void sketch(Wording template) {
        if (halves.isFull()) {
            halves.begin(4 * nodes.size());
            for (Node node : nodes) {
                if (node != null) {
                    halves.add(half(node.template, 0));
                    halves.add(half(node.template, 1));
                }
            }
        }
        halves.add(half(template, 0));
        halves.add(half(template, 1));
    }

    private static long half(Wording wording, int which) {
        int middle = wording.size() / 2;
        int end = which == 0 ? middle : wording.size();
        long key = wording.size() * 2L + which;
        for (int i = which == 0 ? 0 : middle; i < end; i++) {
            key = mix(key ^ wording.hash(i));
        }
        return key;
    }

    private static long everything(Wording wording) {
        long sum = wording.size();
        for (int i = 0; i < wording.size(); i++) {
            sum += part(wording, i);
        }
        return sum;
    }

    private static long allBut(Wording wording, int place, long everything) {
        return mix(everything - part(wording, place) ^ place);
    }

    private static long part(Wording wording, int i) {
        return mix(wording.hash(i) + i * 0x9E3779B97F4A7C15L);
    }

    private static long mix(long x) {
        long h = (x ^ x >>> 32) * 0xD6E8FEB86659FD93L;
        return h ^ h >>> 32;
    }
}
