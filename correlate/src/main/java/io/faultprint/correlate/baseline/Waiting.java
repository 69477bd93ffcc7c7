package io.faultprint.correlate.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Values too young to be learned. A baseline learns late, so that what turns out to be the beginning of trouble is not
 * taken for health: a value is learned when its window is {@link #DELAY} windows old and no remarkable window came
 * within that time, else it is forgotten. A value that trouble came with or right after is marked at once, by the negative
 * of its window (they count from 1): trouble that goes on moves the latest remarkable window past it.
 */
final class Waiting {

    /** In windows of the service. */
    static final int DELAY = 3;

    private final List<Float> values;
    private final List<Integer> at;

    Waiting(List<Float> values, List<Integer> at) {
        this.values = new ArrayList<>(values);
        this.at = new ArrayList<>(at);
    }

    void add(double value, int window) {
        values.add((float) value);
        at.add(window);
    }

    /** Takes the values of another count; in windows where both have one, they add up. */
    void addAll(Waiting other) {
        for (int i = 0; i < other.at.size(); i++) {
            int window = Math.abs(other.at.get(i));
            int place = 0;
            while (place < at.size() && Math.abs(at.get(place)) < window) {
                place++;
            }
            if (place < at.size() && Math.abs(at.get(place)) == window) {
                values.set(place, values.get(place) + other.values.get(i));
                at.set(place, Math.min(at.get(place), other.at.get(i)));
            } else {
                values.add(place, other.values.get(i));
                at.add(place, other.at.get(i));
            }
        }
    }

    /** Hands on what is old enough, and forgets what trouble followed. {@code odd} is the latest remarkable window. */
    void ripen(int now, int odd, DoubleConsumer learn) {
        at.replaceAll(window -> odd >= window && odd < window + DELAY ? -Math.abs(window) : window);
        while (!at.isEmpty() && Math.abs(at.get(0)) <= now - DELAY) {
            boolean tainted = at.remove(0) < 0;
            float value = values.remove(0);
            if (!tainted) {
                learn.accept(value);
            }
        }
    }

    List<Float> values() {
        return List.copyOf(values);
    }

    List<Integer> at() {
        return List.copyOf(at);
    }
}
