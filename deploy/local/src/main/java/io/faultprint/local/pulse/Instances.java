package io.faultprint.local.pulse;

import io.faultprint.local.show.Times;
import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.watch.KafkaPulseSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The latest pulse of every instance, and what they amount to. A dead process says nothing, so absence is judged too. */
public final class Instances {

    /** In the order of the flow. */
    private static final List<String> STAGES = List.of("ingest", "correlate", "diagnose", "notify");

    /** Nobody has to be told by us. */
    private static final String OPTIONAL = "notify";

    /** Pulses that may be missing until an instance is taken for dead. */
    private static final int MISSED = 3;

    /** Pulses go out once a second at most, however short the period is set. */
    private static final long LEAST_MILLIS = 3_000;

    /** A dead instance is an alarm for so long; then others have taken over, or the stage itself is missing. */
    private static final long GONE_MILLIS = 3_600_000;

    private final Map<String, Pulse> latest = new TreeMap<>();

    /** Takes in a pulse; of one instance the later counts. */
    public void hear(Pulse pulse) {
        latest.merge(KafkaPulseSink.key(pulse), pulse, (before, now) -> now.getAt() >= before.getAt() ? now : before);
    }

    /** How all of it stands at this time, epoch milliseconds. */
    public Verdict judge(long now) {
        Map<String, Integer> alive = new HashMap<>();
        latest.values().stream()
                .filter(pulse -> condition(pulse, now).alive())
                .forEach(pulse -> alive.merge(pulse.getStage(), 1, Integer::sum));
        List<Verdict.Instance> instances = new ArrayList<>();
        List<String> why = new ArrayList<>();
        boolean blind = false;
        boolean behind = false;
        for (String stage : STAGES) {
            if (!alive.containsKey(stage) && !stage.equals(OPTIONAL)) {
                blind = true;
                why.add("no " + stage + " runs");
            }
            for (Pulse pulse : latest.values()) {
                if (pulse.getStage().equals(stage)) {
                    Condition condition = condition(pulse, now);
                    if (condition == Condition.DEAD && alive.containsKey(stage) && now - pulse.getAt() > GONE_MILLIS) {
                        condition = Condition.GONE;
                    }
                    instances.add(new Verdict.Instance(pulse, condition));
                    blind |= condition == Condition.BLIND || condition == Condition.DEAD;
                    behind |= condition == Condition.CATCHING_UP;
                    why.addAll(why(pulse, condition, now));
                }
            }
        }
        PulseState state = blind ? PulseState.BLIND : behind ? PulseState.CATCHING_UP : PulseState.SEEING;
        return new Verdict(state, instances, why);
    }

    /** What is wrong with an instance, in words. */
    static List<String> why(Pulse pulse, Condition condition, long now) {
        return switch (condition) {
            case SEEING, STOPPED, GONE -> List.of();
            case CATCHING_UP, BLIND ->
                pulse.getReasons().stream()
                        .map(PulseReason::getMessage)
                        .map(message -> pulse.getStage() + ": " + message)
                        .toList();
            case DEAD ->
                List.of(pulse.getStage() + " " + pulse.getInstance() + " has said nothing for "
                        + Times.length(now - pulse.getAt()));
        };
    }

    private static Condition condition(Pulse pulse, long now) {
        if (pulse.getState() == PulseState.STOPPED) {
            return Condition.STOPPED;
        }
        if (now - pulse.getAt() > Math.max(LEAST_MILLIS, MISSED * pulse.getEveryMillis())) {
            return Condition.DEAD;
        }
        return Condition.valueOf(pulse.getState().name());
    }
}
