package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which signature stands for which; bounded, the oldest goes first. Forgetting one costs little: its lines find the wider
 * template by likeness, only under its old id nothing is found any more.
 */
final class Aliases {

    private final int most;
    private final Map<String, Alias> byId = new LinkedHashMap<>();

    Aliases(int most) {
        this.most = most;
    }

    /** Learns an alias, and gives the ids of those forgotten for it. */
    List<String> add(Alias alias) {
        byId.remove(alias.id());
        byId.put(alias.id(), alias);
        List<String> forgotten = new ArrayList<>();
        Iterator<String> oldest = byId.keySet().iterator();
        while (byId.size() > most) {
            forgotten.add(oldest.next());
            oldest.remove();
        }
        return forgotten;
    }

    /** The id that stands for one now: its own when it was never merged. A merge points at an older one, so this ends. */
    String current(String id) {
        String now = id;
        for (Alias alias = byId.get(now); alias != null; alias = byId.get(now)) {
            now = alias.of();
        }
        return now;
    }

    /** Forgets all that a signature stands for. */
    List<String> forget(String of) {
        List<String> forgotten =
                byId.keySet().stream().filter(id -> current(id).equals(of)).toList();
        forgotten.forEach(byId::remove);
        return forgotten;
    }

    List<Alias> rows() {
        return List.copyOf(byId.values());
    }
}
