package io.faultprint.chaos.plan;

import io.faultprint.runtime.UsageError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which faults come when: the same seed, the same timetable. */
public final class Timetable {

    /** Until Faultprint has got to know its services, there is nothing worth disturbing. */
    private static final Duration FIRST_AFTER = Duration.ofSeconds(20);

    private static final int MEAN_GAP_SECONDS = 12;

    private Timetable() {}

    /**
     * Draws faults until the time is filled; each of them comes once before any comes twice.
     *
     * @param words faults and groups, each with seconds if wished: {@code kill}, {@code store-down:600}
     * @throws UsageError for a word that is no fault
     */
    public static List<Planned> draw(long seed, Duration length, List<String> words) {
        List<Planned> kinds = words.stream().flatMap(Timetable::kinds).toList();
        Random random = new Random(seed);
        List<Planned> timetable = new ArrayList<>();
        List<Planned> deck = new ArrayList<>();
        Duration filled = Duration.ZERO;
        while (!kinds.isEmpty()) {
            if (deck.isEmpty()) {
                deck.addAll(kinds);
                Collections.shuffle(deck, random);
            }
            Planned next = deck.remove(0);
            // Exponential, as independent faults come; now and then two fall into each other's recovery.
            double gap = Math.min(4, -Math.log(1 - random.nextDouble())) * MEAN_GAP_SECONDS;
            Duration after = timetable.isEmpty()
                    ? FIRST_AFTER.plusSeconds(random.nextInt(10))
                    : Duration.ofMillis(500 + Math.round(gap * 1000));
            filled = filled.plus(after).plus(next.lasts());
            if (filled.compareTo(length) > 0 && !timetable.isEmpty()) {
                break;
            }
            timetable.add(new Planned(next.fault(), after, next.lasts(), random.nextInt(1 << 20)));
        }
        return List.copyOf(timetable);
    }

    /** The faults that were asked for and found no place in the time there is, by their words. */
    public static List<String> leftOut(List<Planned> timetable, List<String> words) {
        return words.stream()
                .flatMap(Timetable::kinds)
                .map(Planned::fault)
                .distinct()
                .filter(fault -> timetable.stream().noneMatch(planned -> planned.fault() == fault))
                .map(Fault::word)
                .toList();
    }

    private static Stream<Planned> kinds(String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        Optional<List<Fault>> faults = Fault.of(name);
        if (faults.isEmpty()) {
            throw new UsageError("--faults " + name + ": unknown; there are none, which stands alone, all, "
                    + Stream.concat(
                                    Arrays.stream(Fault.Group.values())
                                            .map(group -> group.name().toLowerCase(java.util.Locale.ROOT)),
                                    Arrays.stream(Fault.values()).map(Fault::word))
                            .collect(Collectors.joining(", ")));
        }
        return faults.get().stream().map(fault -> new Planned(fault, Duration.ZERO, seconds(word, colon, fault), 0));
    }

    private static Duration seconds(String word, int colon, Fault fault) {
        if (colon < 0) {
            return Duration.ofSeconds(fault.seconds());
        }
        try {
            int seconds = Integer.parseInt(word.substring(colon + 1));
            if (seconds >= 0 && seconds <= 86_400) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException noNumber) {
            throw new UsageError("--faults " + word + ": after the colon come seconds, as in store-down:600", noNumber);
        }
        throw new UsageError("--faults " + word + ": from 0 to 86400 seconds");
    }
}
