package io.faultprint.notify.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** The numbers of one target. */
public final class TargetCounts {

    private final Counter told;
    private final Counter quiet;
    private final Counter unreadable;
    private final Counter delivered;
    private final Counter refused;
    private final Counter taken;
    private final Counter away;
    private final Counter repeated;
    private final Counter broken;
    private final InstantSource clock;
    private volatile long awaySince;
    private volatile long lag;
    private volatile int open;

    public TargetCounts(MeterRegistry meters, String target, InstantSource clock) {
        this.clock = clock;
        String records = "faultprint.notify.records";
        this.told = counter(meters, records, "Records read, by what came of them", target, "told");
        this.quiet = counter(meters, records, "Records read, by what came of them", target, "quiet");
        this.unreadable = counter(meters, records, "Records read, by what came of them", target, "unreadable");
        String notifications = "faultprint.notify.notifications";
        this.delivered = counter(meters, notifications, "Notifications that came to an end", target, "delivered");
        this.refused = counter(meters, notifications, "Notifications that came to an end", target, "refused");
        String attempts = "faultprint.notify.attempts";
        this.taken = counter(meters, attempts, "Requests, by what came of them", target, "taken");
        this.away = counter(meters, attempts, "Requests, by what came of them", target, "away");
        this.repeated = counter(meters, attempts, "Requests, by what came of them", target, "repeated");
        this.broken = Counter.builder("faultprint.notify.sessions.broken")
                .description("Times that Kafka failed and the target began again from its last commit")
                .tag("target", target)
                .register(meters);
        Gauge.builder("faultprint.notify.waiting.time", this::waitingSeconds)
                .description("How long the target has not taken what it is sent")
                .baseUnit("seconds")
                .tag("target", target)
                .register(meters);
        Gauge.builder("faultprint.notify.lag.records", () -> lag)
                .description("Records that are not read or not settled")
                .tag("target", target)
                .register(meters);
        Gauge.builder("faultprint.notify.open.incidents", () -> open)
                .description("Incidents that are open, as this target's reader knows them")
                .tag("target", target)
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String name, String about, String target, String outcome) {
        return Counter.builder(name)
                .description(about)
                .tag("target", target)
                .tag("outcome", outcome)
                .register(meters);
    }

    void told() {
        told.increment();
    }

    void quiet() {
        quiet.increment();
    }

    void unreadable() {
        unreadable.increment();
    }

    void delivered() {
        delivered.increment();
        taken.increment();
        awaySince = 0;
    }

    void refused() {
        refused.increment();
        awaySince = 0;
    }

    void away() {
        away.increment();
        if (awaySince == 0) {
            awaySince = clock.millis();
        }
    }

    void repeated() {
        repeated.increment();
        awaySince = 0;
    }

    void broken() {
        broken.increment();
    }

    void lag(long records) {
        lag = records;
    }

    void open(int incidents) {
        open = incidents;
    }

    /** Since when the target does not take what it is sent, epoch milliseconds; 0 while it does. */
    public long awaySince() {
        return awaySince;
    }

    /** Records that are not read or not settled. */
    public long lag() {
        return lag;
    }

    private double waitingSeconds() {
        long since = awaySince;
        return since == 0 ? 0 : (clock.millis() - since) / 1000.0;
    }
}
