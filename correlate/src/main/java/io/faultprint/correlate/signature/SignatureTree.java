package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one service, and the masked lines known to belong to them.
 *
 * <p>Within a window the caller asks only {@link #known}; at its close it offers each unknown line once to {@link
 * #resolve}, in (event time of its first line, hash) order, and writes the rows that the {@link Resolution} names. The
 * state is a function of those rows: {@link #restore} gives a tree that behaves the same from there on.
 *
 * <p>Where a template widens it may come to cover younger ones: these are merged into the oldest of them, whose id stays,
 * and their ids become aliases of it.
 */
public final class SignatureTree {

    /** What lines are counted under when the service has too many signatures. */
    public static final Signature FLOOD =
            Signature.born(MaskedLine.of("<flood>", MaskedLine.Kind.LINE), Long.MAX_VALUE);

    /** How many wordings that differ in one word make that word a variable. */
    private static final int CROWD = 8;

    private final SignatureLimits limits;
    private final Map<String, Signature> signatures = new HashMap<>();
    private final SteeringRules rules;
    private final TemplateIndex index;
    private final KnownHashes hashes;
    private final Aliases aliases;
    private long next;

    public SignatureTree(SignatureLimits limits) {
        this(limits, SteeringRules.NONE);
    }

    public SignatureTree(SignatureLimits limits, SteeringRules rules) {
        this.limits = limits;
        this.rules = rules;
        this.index = new TemplateIndex(rules);
        this.hashes = new KnownHashes(limits.hashesPerSignature());
        this.aliases = new Aliases(limits.signatures());
    }

    /** The tree whose rows these are, in any order. */
    public static SignatureTree restore(
            SignatureLimits limits,
            SteeringRules rules,
            Collection<Signature> signatures,
            Collection<KnownHash> knownHashes,
            Collection<Alias> aliases) {
        SignatureTree tree = new SignatureTree(limits, rules);
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
        List<Alias> merged = new ArrayList<>(aliases);
        merged.sort(Comparator.comparingLong(Alias::order));
        for (Alias row : merged) {
            tree.aliases.add(row);
            tree.next = Math.max(tree.next, row.order() + 1);
        }
        return tree;
    }

    /** The signature of a masked line that was resolved before; empty when {@link #resolve} has to be asked. */
    public Optional<Signature> known(long hash) {
        String id = hashes.signature(hash);
        return id == null ? Optional.empty() : signature(id);
    }

    /** A signature by its id, or by one that it has absorbed. */
    public Optional<Signature> signature(String id) {
        return Optional.ofNullable(signatures.get(current(id)));
    }

    /** The id that stands for one now: its own, or that of the signature that absorbed it. */
    public String current(String id) {
        return aliases.current(id);
    }

    /** Whether a signature of this very id lives. */
    public boolean holds(String id) {
        return signatures.containsKey(id);
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

    /** All aliases, oldest first: the rows of {@link #restore}. */
    public List<Alias> aliases() {
        return aliases.rows();
    }

    /** Whether nothing more can be born. */
    public boolean isFull() {
        return signatures.size() >= limits.signatures();
    }

    /**
     * Lets a signature give way to others. Its id is a hash of what founded it, so the same line gives it again.
     *
     * @throws IllegalArgumentException when there is none with this id
     */
    public Forgotten forget(String id) {
        Signature gone = signatures.remove(id);
        if (gone == null) {
            throw new IllegalArgumentException("no signature " + id + " to forget");
        }
        if (gone.kind() == MaskedLine.Kind.LINE) {
            index.remove(id);
        }
        List<String> stoodFor = aliases.forget(id);
        return new Forgotten(hashes.forget(id), stoodFor);
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
        Signature same = signatures.get(current(Signature.idOf(line)));
        if (same != null) {
            return join(same, same.template(), line);
        }
        if (line.kind() == MaskedLine.Kind.LINE) {
            Wording wording = Wording.of(line.text(), rules);
            TemplateIndex.Node like = mostAlike(wording);
            if (like != null) {
                return join(owner(like), like.template().widened(wording), line);
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

    private TemplateIndex.@Nullable Node mostAlike(Wording line) {
        TemplateIndex.Node best = index.mostAlike(line);
        if (best != null) {
            return best;
        }
        List<TemplateIndex.Node> crowd = index.crowd(line, CROWD);
        return crowd.isEmpty() ? null : crowd.get(0);
    }

    private Resolution join(Signature old, String template, MaskedLine line) {
        boolean widened = !template.equals(old.template());
        Signature now = widened ? old.withTemplate(template) : old;
        Merge merge = Merge.NONE;
        List<Long> forgotten = new ArrayList<>();
        if (widened) {
            replace(now);
            List<TemplateIndex.Node> covered = index.covered(now.id(), Wording.of(template, rules));
            if (!covered.isEmpty()) {
                Signature oldest = oldest(now, owner(covered.get(0)));
                merge = merge(oldest, now, covered, forgotten);
                now = oldest;
            }
        }
        KnownHash learned = new KnownHash(line.hash(), now.id(), next++);
        Long beyond = hashes.add(learned);
        if (beyond != null) {
            forgotten.add(beyond);
        }
        return new Resolution.Joined(now, widened, learned, forgotten, merge);
    }

    /** Of the widened signature and the oldest it covers, the older, with a template that takes the lines of both. */
    private Signature oldest(Signature widened, Signature covered) {
        if (widened.order() < covered.order()) {
            return widened;
        }
        Signature survivor = covered.withTemplate(
                Wording.of(covered.template(), rules).widened(Wording.of(widened.template(), rules)));
        replace(survivor);
        return survivor;
    }

    private Merge merge(Signature survivor, Signature widened, List<TemplateIndex.Node> covered, List<Long> forgotten) {
        List<Alias> merged = new ArrayList<>();
        List<String> expired = new ArrayList<>();
        Stream.concat(Stream.of(widened.id()), covered.stream().map(TemplateIndex.Node::id))
                .filter(id -> !id.equals(survivor.id()))
                .forEach(id -> {
                    signatures.remove(id);
                    index.remove(id);
                    forgotten.addAll(hashes.forget(id));
                    Alias alias = new Alias(id, survivor.id(), next++);
                    expired.addAll(aliases.add(alias));
                    merged.add(alias);
                });
        return new Merge(merged, expired);
    }

    private Signature owner(TemplateIndex.Node node) {
        Signature signature = signatures.get(node.id());
        if (signature == null) {
            throw new IllegalStateException("no signature " + node.id());
        }
        return signature;
    }

    private void add(Signature signature) {
        signatures.put(signature.id(), signature);
        if (signature.kind() == MaskedLine.Kind.LINE) {
            index.add(signature);
        }
    }

    private void replace(Signature widened) {
        signatures.put(widened.id(), widened);
        index.remove(widened.id());
        index.add(widened);
    }
}
