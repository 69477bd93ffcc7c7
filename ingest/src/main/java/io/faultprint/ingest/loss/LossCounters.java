package io.faultprint.ingest.loss;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * The loss equation of one door, in records:
 *
 * <pre>received = acknowledged + dead-lettered + dropped + returned</pre>
 *
 * whenever nothing is in flight. <i>Returned</i> is what was answered 503: the sender still has it, so it is not ours
 * to lose; without an outage it is 0 and the equation is the one of the contracts. A body that cannot be read counts
 * as one record. What was refused by its headers alone (413, 415) was never received.
 */
public final class LossCounters {

    private final LongAdder received = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder returned = new LongAdder();

    /** The counts at one moment. */
    public record Loss(long received, long acknowledged, long deadLettered, long dropped, long returned) {

        /** Records that are still on their way; 0 once everything is settled. */
        public long inFlight() {
            return received - acknowledged - deadLettered - dropped - returned;
        }
    }

    /** What was in one request. */
    public record Tally(int events, int deadLetters, int dropped) {

        /** All of it. */
        public int all() {
            return events + deadLetters + dropped;
        }
    }

    /** Shows the counts under {@code faultprint_ingest_records_total}. */
    public void bind(MeterRegistry meters, String door) {
        counter(meters, door, "received", Loss::received);
        counter(meters, door, "acknowledged", Loss::acknowledged);
        counter(meters, door, "dead-lettered", Loss::deadLettered);
        counter(meters, door, "dropped", Loss::dropped);
        counter(meters, door, "returned", Loss::returned);
    }

    private void counter(MeterRegistry meters, String door, String outcome, ToDoubleFunction<Loss> count) {
        FunctionCounter.builder("faultprint.ingest.records", this, counters -> count.applyAsDouble(counters.loss()))
                .description("Records by what became of them; received = all the others, once nothing is in flight")
                .tag("door", door)
                .tag("outcome", outcome)
                .register(meters);
    }

    /** A request was read. */
    public void received(Tally tally) {
        received.add(tally.all());
    }

    /** Kafka has all of a request. */
    public void settled(Tally tally) {
        acknowledged.add(tally.events());
        deadLettered.add(tally.deadLetters());
        dropped.add(tally.dropped());
    }

    /** A request was given back to its sender. */
    public void returned(Tally tally) {
        returned.add(tally.all());
    }

    /** The counts now. Read last to first, so that what is in flight never looks negative. */
    public Loss loss() {
        long back = returned.sum();
        long left = dropped.sum();
        long dead = deadLettered.sum();
        long good = acknowledged.sum();
        return new Loss(received.sum(), good, dead, left, back);
    }
}
