package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.PlannedFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** One thing that faults turn. Several may turn it at once; each lets go of its own hand only. */
final class Dial {

    private final double healthy;
    private final DoubleBinaryOperator joined;
    private final Map<PlannedFault, Double> hands = new LinkedHashMap<>();
    private double nudged = 1;
    private double value;

    private Dial(double healthy, DoubleBinaryOperator joined) {
        this.healthy = healthy;
        this.joined = joined;
        this.value = healthy;
    }

    /** By how much something gets longer; 1 in health, several multiply. */
    static Dial factor() {
        return new Dial(1, (a, b) -> a * b);
    }

    /** Which part of something goes wrong; 0 in health, several strike independently. */
    static Dial share() {
        return new Dial(0, (a, b) -> 1 - (1 - a) * (1 - b));
    }

    /** How much of something there is; 0 in health, several add up. */
    static Dial amount() {
        return new Dial(0, Double::sum);
    }

    double value() {
        return value;
    }

    boolean turned() {
        return !hands.isEmpty();
    }

    void turn(PlannedFault fault, double to) {
        hands.put(fault, to);
        settle();
    }

    /** Moved by something that is no fault; what moves it must move it back. */
    void nudge(double by) {
        nudged *= by;
        settle();
    }

    void release(PlannedFault fault) {
        hands.remove(fault);
        settle();
    }

    private void settle() {
        double result = healthy * nudged;
        for (double each : hands.values()) {
            result = joined.applyAsDouble(result, each);
        }
        value = result;
    }
}
