package io.faultprint.correlate.signature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which signature a masked line belongs to, by hash; each signature remembers its newest. */
final class KnownHashes {

    private final int perSignature;
    private final Map<Long, String> signatures = new HashMap<>();
    private final Map<String, ArrayDeque<KnownHash>> byAge = new HashMap<>();

    KnownHashes(int perSignature) {
        this.perSignature = perSignature;
    }

    @Nullable
    String signature(long hash) {
        return signatures.get(hash);
    }

    /** Learns a hash, and gives the one forgotten for it. */
    @Nullable
    Long add(KnownHash row) {
        signatures.put(row.hash(), row.signature());
        ArrayDeque<KnownHash> rows = byAge.computeIfAbsent(row.signature(), id -> new ArrayDeque<>(1));
        rows.addLast(row);
        if (rows.size() <= perSignature) {
            return null;
        }
        long oldest = rows.removeFirst().hash();
        signatures.remove(oldest);
        return oldest;
    }

    /** Forgets what is known of a signature. */
    List<Long> forget(String signature) {
        ArrayDeque<KnownHash> rows = byAge.remove(signature);
        if (rows == null) {
            return List.of();
        }
        List<Long> forgotten = rows.stream().map(KnownHash::hash).toList();
        forgotten.forEach(signatures::remove);
        return forgotten;
    }

    List<KnownHash> rows() {
        List<KnownHash> rows = new ArrayList<>();
        byAge.values().forEach(rows::addAll);
        rows.sort(Comparator.comparingLong(KnownHash::order));
        return rows;
    }
}
