package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.Alias;
import io.faultprint.correlate.signature.Forgotten;
import io.faultprint.correlate.signature.KnownHash;
import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Merge;
import io.faultprint.correlate.signature.Resolution;
import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SignatureTree;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.signature.Upgrade;
import io.faultprint.correlate.state.AliasRow;
import io.faultprint.correlate.state.KnownHashRow;
import io.faultprint.correlate.state.SignatureRow;
import io.faultprint.correlate.state.SignatureSeenRow;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.SignatureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The signature trees of a task's services. A tree on the heap is a cache of its rows: {@code g} signature, {@code h}
 * known hash, {@code a} alias, {@code s} what was seen of a signature, {@code t} an alias that nobody was told of yet;
 * each by environment and service.
 */
final class SignatureTrees {

    /** Wordings known by hash; what is forgotten of them, the tree is asked again. */
    private static final int HASHES = 16;

    private final Rows rows;
    private final SteeringRules rules;
    private final Learned learned;
    private final SignatureLimits limits;
    private final Quota quota;
    private final long bytes;
    private final Map<RowName, SignatureTree> trees = new HashMap<>();
    private int signatures;

    private record RowName(String environment, String service) {}

    /** What was learned of signatures elsewhere, which is told before anything else is asked of them. */
    interface Learned {

        /** A signature is another one from now on. */
        void merge(ServiceBaselines.Name name, String signature, String of);

        /** A signature gave way. */
        void forgetSignature(ServiceBaselines.Name name, String signature);
    }

    /**
     * The trees that these rows say.
     *
     * @param rows must know their weight, for signatures are as long as lines are
     */
    SignatureTrees(Rows rows, SignalsBounds bounds, SteeringRules rules, Learned learned) {
        this.rows = rows;
        this.rules = rules;
        this.learned = learned;
        this.limits = new SignatureLimits(bounds.signatures(), HASHES);
        this.quota = new Quota(bounds.allSignatures(), bounds.signatures());
        this.bytes = bounds.windowBytes() / 2;
        this.signatures = rows.count(RowKey.of('g'));
    }

    /** Gives a masked form its signature, and writes whatever changed in the tree. */
    Resolution resolve(String environment, String service, MaskedLine line) {
        SignatureTree tree = tree(environment, service);
        boolean room = rows.weight() < bytes && quota.allows(signatures, tree.size());
        Resolution resolution = tree.resolve(line, room);
        if (resolution instanceof Resolution.Born born) {
            signatures++;
            put(environment, service, born.signature());
            put(environment, service, born.learned());
        } else if (resolution instanceof Resolution.Joined joined) {
            if (joined.widened()) {
                put(environment, service, joined.signature());
            }
            // What is forgotten may be learned again by the same step, so it goes first.
            joined.forgotten()
                    .forEach(hash -> rows.delete(key('h', environment, service).then(hash)));
            put(environment, service, joined.learned());
            merge(environment, service, joined.merge());
        }
        return resolution;
    }

    private void merge(String environment, String service, Merge merge) {
        for (Alias alias : merge.aliases()) {
            rows.delete(key('g', environment, service).then(alias.id()));
            signatures--;
            AliasRow row = new AliasRow(alias.of(), alias.order());
            learned.merge(new ServiceBaselines.Name(environment, service), alias.id(), alias.of());
            rows.put(key('a', environment, service).then(alias.id()), row);
            rows.put(key('t', environment, service).then(alias.id()), row);
            SignatureSeenRow seen = seen(environment, service, alias.id());
            if (seen != null) {
                rows.delete(key('s', environment, service).then(alias.id()));
                seen(environment, service, alias.of(), Seen.together(seen(environment, service, alias.of()), seen));
            }
        }
        merge.forgotten()
                .forEach(id -> rows.delete(key('a', environment, service).then(id)));
    }

    /** Aliases that nobody was told of yet, by id; from now on somebody is. At most so many; the rest comes later. */
    List<SignatureAlias> tell(String environment, String service, int most) {
        List<SignatureAlias> told = new ArrayList<>();
        for (Bytes key : rows.keys(key('t', environment, service))) {
            AliasRow row = rows.get(key, AliasRow.class);
            if (told.size() < most && row != null) {
                told.add(new SignatureAlias(RowKey.lastText(key), row.getOf()));
                rows.delete(key);
            }
        }
        return told;
    }

    /** Templates of all signatures of a service, by id. */
    Map<String, String> templates(String environment, String service) {
        Map<String, String> templates = new TreeMap<>();
        tree(environment, service)
                .signatures()
                .forEach(signature -> templates.put(signature.id(), signature.template()));
        return templates;
    }

    /** A signature by its id, or by one that it has absorbed; the flood is none. */
    Optional<Signature> signature(String environment, String service, String id) {
        return tree(environment, service).signature(id);
    }

    /** The catalogue's word for what a signature stands for; the flood is in no tree. */
    SignatureKind kind(String environment, String service, String id) {
        return signature(environment, service, id)
                .map(signature ->
                        signature.kind() == MaskedLine.Kind.EXCEPTION ? SignatureKind.EXCEPTION : SignatureKind.MESSAGE)
                .orElse(SignatureKind.FLOOD);
    }

    /**
     * Where a service has as many signatures as it may, those that it has not said since {@code before} give way. What
     * was seen of them is kept, for twice as many signatures at most: one that comes back is none that was never seen.
     */
    void giveWay(String environment, String service, long before) {
        SignatureTree tree = tree(environment, service);
        if (!tree.isFull()) {
            return;
        }
        TreeMap<Long, List<String>> gone = new TreeMap<>();
        int[] rowsSeen = new int[1];
        rows.each(key('s', environment, service), SignatureSeenRow.class, (key, row) -> {
            rowsSeen[0]++;
            if (row.getLastSeen() < before) {
                gone.computeIfAbsent(row.getLastSeen(), time -> new ArrayList<>())
                        .add(RowKey.lastText(key));
            }
        });
        int surplus = rowsSeen[0] - 2 * limits.signatures();
        for (String id : gone.values().stream().flatMap(List::stream).toList()) {
            if (tree.holds(id)) {
                forget(environment, service, tree, id);
            }
            if (surplus-- > 0) {
                rows.delete(key('s', environment, service).then(id));
            }
        }
    }

    private void forget(String environment, String service, SignatureTree tree, String id) {
        Forgotten forgotten = tree.forget(id);
        signatures--;
        rows.delete(key('g', environment, service).then(id));
        forgotten
                .hashes()
                .forEach(hash -> rows.delete(key('h', environment, service).then(hash)));
        forgotten
                .aliases()
                .forEach(alias -> rows.delete(key('a', environment, service).then(alias)));
        learned.forgetSignature(new ServiceBaselines.Name(environment, service), id);
    }

    /** What services said that are themselves forgotten makes room for others, when there is little left. */
    void makeRoom(Predicate<ServiceBaselines.Name> known) {
        // Of a service whose lines were all flood there are only the second ones.
        makeRoom('g', known);
        makeRoom('s', known);
    }

    private void makeRoom(char row, Predicate<ServiceBaselines.Name> known) {
        RowKey all = RowKey.of(row);
        Bytes key = scarce() ? rows.firstKey(all, all) : null;
        while (key != null) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            ServiceBaselines.Name name = new ServiceBaselines.Name(parts.text(), parts.text());
            if (!known.test(name)) {
                forget(name.environment(), name.service());
            }
            key = rows.firstKey(key(row, name.environment(), name.service()).end(), all);
        }
    }

    private boolean scarce() {
        return quota.scarce(signatures) || rows.weight() >= bytes - bytes / 4;
    }

    /** Lets go of what is on the heap of a service that is not there any more; its rows stay. */
    void release(String environment, String service) {
        trees.remove(new RowName(environment, service));
    }

    /** Forgets what a service says; the catalogue's topic keeps it. */
    void forget(String environment, String service) {
        release(environment, service);
        for (char row : new char[] {'g', 'h', 'a', 's', 't'}) {
            List<Bytes> keys = rows.keys(key(row, environment, service));
            keys.forEach(rows::delete);
            signatures -= row == 'g' ? keys.size() : 0;
        }
    }

    /** What was seen of a signature in this run; null when the service never said it. */
    @Nullable
    SignatureSeenRow seen(String environment, String service, String id) {
        return rows.get(key('s', environment, service).then(id), SignatureSeenRow.class);
    }

    void seen(String environment, String service, String id, SignatureSeenRow row) {
        rows.put(key('s', environment, service).then(id), row);
    }

    private SignatureTree tree(String environment, String service) {
        return trees.computeIfAbsent(new RowName(environment, service), name -> restored(environment, service));
    }

    private SignatureTree restored(String environment, String service) {
        List<Signature> found = new ArrayList<>();
        rows.each(
                key('g', environment, service),
                SignatureRow.class,
                (key, row) -> found.add(new Signature(
                        row.getId(),
                        row.getOrder(),
                        MaskedLine.Kind.valueOf(row.getKind()),
                        row.getFounding(),
                        row.getTemplate())));
        List<KnownHash> hashes = new ArrayList<>();
        rows.each(
                key('h', environment, service),
                KnownHashRow.class,
                (key, row) -> hashes.add(new KnownHash(RowKey.lastNumber(key), row.getSignature(), row.getOrder())));
        List<Alias> aliases = new ArrayList<>();
        rows.each(
                key('a', environment, service),
                AliasRow.class,
                (key, row) -> aliases.add(new Alias(RowKey.lastText(key), row.getOf(), row.getOrder())));
        if (!Upgrade.isDue(found)) {
            return SignatureTree.restore(limits, rules, found, hashes, aliases);
        }
        long next = LongStream.concat(
                        found.stream().mapToLong(Signature::order),
                        LongStream.concat(
                                hashes.stream().mapToLong(KnownHash::order),
                                aliases.stream().mapToLong(Alias::order)))
                .max()
                .orElse(0);
        Upgrade upgrade = Upgrade.of(found, rules, next + 1);
        upgrade(environment, service, upgrade);
        aliases.addAll(upgrade.aliases());
        // What was known by hash was known of the old masks; the tree is asked again.
        return SignatureTree.restore(limits, rules, upgrade.signatures(), List.of(), aliases);
    }

    private void upgrade(String environment, String service, Upgrade upgrade) {
        rows.keys(key('h', environment, service)).forEach(rows::delete);
        merge(environment, service, new Merge(upgrade.aliases(), List.of()));
        for (Signature signature : upgrade.signatures()) {
            signatures += rows.has(key('g', environment, service).then(signature.id())) ? 0 : 1;
            put(environment, service, signature);
        }
    }

    private void put(String environment, String service, Signature signature) {
        rows.put(
                key('g', environment, service).then(signature.id()),
                new SignatureRow(
                        signature.id(),
                        signature.order(),
                        signature.kind().name(),
                        signature.founding(),
                        signature.template()));
    }

    private void put(String environment, String service, KnownHash hash) {
        rows.put(key('h', environment, service).then(hash.hash()), new KnownHashRow(hash.signature(), hash.order()));
    }

    private static RowKey key(char row, String environment, String service) {
        return RowKey.of(row).then(environment).then(service);
    }
}
