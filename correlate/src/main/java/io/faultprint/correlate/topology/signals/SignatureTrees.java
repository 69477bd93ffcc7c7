package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.signature.KnownHash;
import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Resolution;
import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SignatureTree;
import io.faultprint.correlate.state.KnownHashRow;
import io.faultprint.correlate.state.SignatureRow;
import io.faultprint.correlate.state.SignatureSeenRow;
import io.faultprint.snapshot.SignatureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signature trees of a task's services. A tree on the heap is a cache of its rows: {@code g} signature, {@code h}
 * known hash, {@code s} what was seen of a signature; each by environment and service.
 */
final class SignatureTrees {

    private final Rows rows;
    private final Map<RowName, SignatureTree> trees = new HashMap<>();

    private record RowName(String environment, String service) {}

    SignatureTrees(Rows rows) {
        this.rows = rows;
    }

    /** Gives a masked form its signature, and writes whatever changed in the tree. */
    Resolution resolve(String environment, String service, MaskedLine line) {
        Resolution resolution = tree(environment, service).resolve(line);
        if (resolution instanceof Resolution.Born born) {
            put(environment, service, born.signature());
            put(environment, service, born.learned());
        } else if (resolution instanceof Resolution.Joined joined) {
            if (joined.widened()) {
                put(environment, service, joined.signature());
            }
            put(environment, service, joined.learned());
            joined.forgotten()
                    .ifPresent(
                            hash -> rows.delete(key('h', environment, service).then(hash)));
        }
        return resolution;
    }

    /** Templates of all signatures of a service, by id. */
    Map<String, String> templates(String environment, String service) {
        Map<String, String> templates = new TreeMap<>();
        tree(environment, service)
                .signatures()
                .forEach(signature -> templates.put(signature.id(), signature.template()));
        return templates;
    }

    /** The catalogue's word for what a signature stands for; the flood is in no tree. */
    SignatureKind kind(String environment, String service, String id) {
        return tree(environment, service)
                .signature(id)
                .map(signature ->
                        signature.kind() == MaskedLine.Kind.EXCEPTION ? SignatureKind.EXCEPTION : SignatureKind.MESSAGE)
                .orElse(SignatureKind.FLOOD);
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
        List<Signature> signatures = new ArrayList<>();
        rows.each(
                key('g', environment, service),
                SignatureRow.class,
                (key, row) -> signatures.add(new Signature(
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
        return SignatureTree.restore(SignatureLimits.DEFAULT, signatures, hashes);
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
