package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one service, and the masked lines known to belong to them.
 *
 * <p>Within a window the caller asks only {@link #known}; at its close it offers each unknown line once to {@link
 * #resolve}, in (event time of its first line, hash) order, and writes the rows that the {@link Resolution} names. The
 * state is a function of those rows: {@link #restore} gives a tree that behaves the same from there on.
 *
 * <p>Templates of one size are compared one by one: this happens once per new wording, not per line.
 */
public final class SignatureTree {

    /** What lines are counted under when the service has too many signatures. */
    public static final Signature FLOOD =
            Signature.born(MaskedLine.of("<flood>", MaskedLine.Kind.LINE), Long.MAX_VALUE);

    /** How many wordings that differ in one word make that word a variable. */
    private static final int CROWD = 8;

    private final SignatureLimits limits;
    private final Map<String, Signature> signatures = new HashMap<>();
    private final Map<Integer, List<Node>> sizes = new HashMap<>();
    private final KnownHashes hashes;
    private long next;

    /** A line signature and its template, ready to compare. */
    private static final class Node {
        private final String id;
        private Wording template;

        private Node(String id, Wording template) {
            this.id = id;
            this.template = template;
        }
    }

    /** An empty tree. */
    public SignatureTree(SignatureLimits limits) {
        this.limits = limits;
        this.hashes = new KnownHashes(limits.hashesPerSignature());
    }

    /** The tree whose rows these are, in any order. */
    public static SignatureTree restore(
            SignatureLimits limits, Collection<Signature> signatures, Collection<KnownHash> knownHashes) {
        SignatureTree tree = new SignatureTree(limits);
        List<Signature> byAge = new ArrayList<>(signatures);
        byAge.sort(Comparator.comparingLong(Signature::order));
        for (Signature signature : byAge) {
            tree.add(signature);
            tree.next = Math.max(tree.next, signature.order() + 1);
        }
        List<KnownHash> rows = new ArrayList<>(knownHashes);
        rows.sort(Comparator.comparingLong(KnownHash::order));
        for (KnownHash row : rows) {
            tree.hashes.add(row);
            tree.next = Math.max(tree.next, row.order() + 1);
        }
        return tree;
    }

    /** The signature of a masked line that was resolved before; empty when {@link #resolve} has to be asked. */
    public Optional<Signature> known(long hash) {
        String id = hashes.signature(hash);
        return id == null ? Optional.empty() : signature(id);
    }

    /** A signature by its id. */
    public Optional<Signature> signature(String id) {
        return Optional.ofNullable(signatures.get(id));
    }

    /** How many signatures there are; the flood is none of them. */
    public int size() {
        return signatures.size();
    }

    /** All signatures, oldest first: the rows of {@link #restore}. */
    public List<Signature> signatures() {
        return signatures.values().stream()
                .sorted(Comparator.comparingLong(Signature::order))
                .toList();
    }

    /** All known hashes, oldest first: the rows of {@link #restore}. */
    public List<KnownHash> knownHashes() {
        return hashes.rows();
    }

    /** Finds the signature of a masked line, widens its template, or lets a new one be born. */
    public Resolution resolve(MaskedLine line) {
        return resolve(line, true);
    }

    /**
     * The same, but nothing is born without room.
     *
     * @param room whether all services together may have one more signature
     */
    public Resolution resolve(MaskedLine line, boolean room) {
        Optional<Signature> known = known(line.hash());
        if (known.isPresent()) {
            return new Resolution.Known(known.get());
        }
        Signature same = signatures.get(Signature.idOf(line));
        if (same != null) {
            return join(same, same.template(), line);
        }
        Wording wording = Wording.of(line.text());
        if (line.kind() == MaskedLine.Kind.LINE) {
            Node like = mostAlike(wording);
            if (like != null) {
                return join(owner(like), like.template.widened(wording), line);
            }
        }
        if (!room || signatures.size() >= limits.signatures()) {
            return new Resolution.Flooded(FLOOD);
        }
        Signature born = Signature.born(line, next++);
        add(born);
        KnownHash learned = new KnownHash(line.hash(), born.id(), next++);
        hashes.add(learned);
        return new Resolution.Born(born, learned);
    }

    private @Nullable Node mostAlike(Wording line) {
        Node best = null;
        int most = Likeness.NONE;
        List<Node> crowd = new ArrayList<>();
        int[] crowdAt = new int[line.size()];
        for (Node node : sizes.getOrDefault(line.size(), List.of())) {
            int likeness = Likeness.of(node.template, line);
            if (likeness > most) {
                best = node;
                most = likeness;
            }
            int at = best == null ? Likeness.singleWord(node.template, line) : -1;
            if (at >= 0) {
                crowd.add(node);
                crowdAt[at]++;
            }
        }
        return best != null ? best : crowded(crowd, crowdAt, line);
    }

    private static @Nullable Node crowded(List<Node> crowd, int[] crowdAt, Wording line) {
        for (Node node : crowd) {
            if (crowdAt[Likeness.singleWord(node.template, line)] >= CROWD) {
                return node;
            }
        }
        return null;
    }

    private Resolution join(Signature old, String template, MaskedLine line) {
        boolean widened = !template.equals(old.template());
        Signature now = widened ? old.withTemplate(template) : old;
        if (widened) {
            replace(now);
        }
        KnownHash learned = new KnownHash(line.hash(), now.id(), next++);
        return Resolution.Joined.of(now, widened, learned, hashes.add(learned));
    }

    private Signature owner(Node node) {
        Signature signature = signatures.get(node.id);
        if (signature == null) {
            throw new IllegalStateException("no signature " + node.id);
        }
        return signature;
    }

    private void add(Signature signature) {
        signatures.put(signature.id(), signature);
        if (signature.kind() == MaskedLine.Kind.LINE) {
            Wording template = Wording.of(signature.template());
            sizes.computeIfAbsent(template.size(), size -> new ArrayList<>()).add(new Node(signature.id(), template));
        }
    }

    /** Widening keeps the number of elements, so the node stays where it is. */
    private void replace(Signature widened) {
        signatures.put(widened.id(), widened);
        Wording template = Wording.of(widened.template());
        for (Node node : sizes.getOrDefault(template.size(), List.of())) {
            if (node.id.equals(widened.id())) {
                node.template = template;
                return;
            }
        }
        throw new IllegalStateException("widening changed the size of " + widened);
    }
}
