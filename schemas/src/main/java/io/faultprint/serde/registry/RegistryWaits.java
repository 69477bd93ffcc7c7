package io.faultprint.serde.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Who waits for the registry now, for operators; and how it has answered. */
final class RegistryWaits {

    private final InstantSource clock;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, Counter> answers = new HashMap<>();

    RegistryWaits(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        Gauge.builder("faultprint.registry.waiting.time", this, RegistryWaits::seconds)
                .description("How long a reader or writer has been waiting for the schema registry")
                .baseUnit("seconds")
                .register(meters);
        Stream.of(
                        Answer.Given.class,
                        Answer.Missing.class,
                        Answer.Rejected.class,
                        Answer.Refused.class,
                        Answer.Away.class)
                .forEach(kind -> answers.put(
                        kind,
                        Counter.builder("faultprint.registry.answers")
                                .description("Answers of the schema registry to readers and writers")
                                .tag("answer", kind.getSimpleName().toLowerCase(Locale.ROOT))
                                .register(meters)));
    }

    /** One who waits, until it is closed. */
    final class Wait implements AutoCloseable {

        private final String place;
        private final String what;
        private final long since = clock.millis();
        private volatile String why;

        private Wait(String place, String what, String why) {
            this.place = place;
            this.what = what;
            this.why = why;
        }

        void still(String newWhy) {
            why = newWhy;
        }

        /** When it began, epoch milliseconds. */
        long since() {
            return since;
        }

        /** For what, where, and why it is not there. */
        String words() {
            return "waiting for " + what + " from " + place + ": " + why;
        }

        @Override
        public void close() {
            waits.remove(this);
        }
    }

    Wait begin(String place, String what, String why) {
        Wait wait = new Wait(place, what, why);
        waits.add(wait);
        return wait;
    }

    void answered(Answer<?> answer) {
        Objects.requireNonNull(answers.get(answer.getClass())).increment();
    }

    /** Who has waited longest. */
    Optional<Wait> longest() {
        return waits.stream().min(Comparator.comparingLong(Wait::since));
    }

    private double seconds() {
        return longest().map(wait -> (clock.millis() - wait.since()) / 1000.0).orElse(0.0);
    }
}
