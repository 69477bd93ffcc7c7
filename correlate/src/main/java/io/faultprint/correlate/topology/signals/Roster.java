package io.faultprint.correlate.topology.signals;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The services that a task knows, at most so many. A service that has been heard for some windows stays until it is
 * forgotten for its silence; before that a newcomer may take its place. So a sender that makes up a name with every
 * event fills what is free, and pushes nobody out. A cache of rows.
 */
final class Roster {

    private final int most;
    private final int established;
    private final Map<ServiceBaselines.Name, Member> members = new TreeMap<>();

    /**
     * What counts when there is no room.
     *
     * @param windows windows in which it was heard
     * @param last start of the latest of them
     */
    record Member(int windows, long last) {}

    /**
     * @param most services it holds
     * @param established windows after which a service cannot be displaced
     */
    Roster(int most, int established) {
        this.most = most;
        this.established = established;
    }

    boolean knows(ServiceBaselines.Name name) {
        return members.containsKey(name);
    }

    @Nullable
    Member member(ServiceBaselines.Name name) {
        return members.get(name);
    }

    void put(ServiceBaselines.Name name, Member member) {
        members.put(name, member);
    }

    void remove(ServiceBaselines.Name name) {
        members.remove(name);
    }

    List<ServiceBaselines.Name> names() {
        return List.copyOf(members.keySet());
    }

    int size() {
        return members.size();
    }

    /** How many more fit. */
    int free() {
        return Math.max(0, most - members.size());
    }

    /**
     * Those that go for so many newcomers: of the ones not established and not present the longest silent, and no more
     * than have to.
     *
     * @param present who is heard in the window
     */
    List<ServiceBaselines.Name> giveWay(int newcomers, Set<ServiceBaselines.Name> present) {
        int surplus = newcomers - free();
        if (surplus <= 0) {
            return List.of();
        }
        return members.entrySet().stream()
                .filter(e -> e.getValue().windows() < established && !present.contains(e.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<ServiceBaselines.Name, Member> e) ->
                                e.getValue().last())
                        .thenComparing(Map.Entry::getKey))
                .limit(surplus)
                .map(Map.Entry::getKey)
                .toList();
    }
}
