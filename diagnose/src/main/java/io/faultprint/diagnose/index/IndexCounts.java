package io.faultprint.diagnose.index;

import io.faultprint.diagnose.store.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the indexer has done since the process began. For every document sent:
 * {@code sent = done + stale + refused + retried}, and every retried one is sent again.
 */
public final class IndexCounts {

    private final Counter done;
    private final Counter stale;
    private final Counter refused;
    private final Counter retried;
    private final Counter deadLetters;
    private final Counter bulkRetries;
    private final Map<String, Long> lag = new ConcurrentHashMap<>();
    private final Map<String, Long> unsettled = new ConcurrentHashMap<>();

    public IndexCounts(MeterRegistry meters) {
        this.done = outcome(meters, "done");
        this.stale = outcome(meters, "stale");
        this.refused = outcome(meters, "refused");
        this.retried = outcome(meters, "retried");
        this.deadLetters = Counter.builder("faultprint.index.dead.letters")
                .description("Records written to the topic dead-letters by the indexer")
                .register(meters);
        this.bulkRetries = Counter.builder("faultprint.index.bulk.retries")
                .description("Bulk writes after which some documents had to be sent again")
                .register(meters);
        Gauge.builder("faultprint.index.lag", lag, IndexCounts::sum)
                .description("Records that wait to be indexed")
                .baseUnit("records")
                .register(meters);
        Gauge.builder("faultprint.index.waiting", unsettled, IndexCounts::sum)
                .description("Documents that the store did not take yet")
                .baseUnit("documents")
                .register(meters);
    }

    void count(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            done.increment();
        } else if (outcome instanceof Outcome.Stale) {
            stale.increment();
        } else if (outcome instanceof Outcome.Refused) {
            refused.increment();
        } else {
            retried.increment();
        }
    }

    void deadLetter() {
        deadLetters.increment();
    }

    private static long sum(Map<String, Long> of) {
        return of.values().stream().mapToLong(Long::longValue).sum();
    }

    /** So many documents of the batch at hand are to be sent again. */
    void unsettled(String group, int documents) {
        unsettled.put(group, (long) documents);
        if (documents > 0) {
            bulkRetries.increment();
        }
    }

    void lag(String group, long records) {
        lag.put(group, records);
    }

    /** Documents that are in the store. */
    public long indexed() {
        return (long) done.count();
    }

    /** Documents that met another content under their own id and version. */
    public long staleDocuments() {
        return (long) stale.count();
    }

    /** Records that went to the dead letters. */
    public long deadLettered() {
        return (long) deadLetters.count();
    }

    /** Documents that were sent and have to be sent again. */
    public long retriedDocuments() {
        return (long) retried.count();
    }

    /** Records that wait to be indexed, as of the last look. */
    public long waiting() {
        return sum(lag);
    }

    private static Counter outcome(MeterRegistry meters, String outcome) {
        return Counter.builder("faultprint.index.documents")
                .description("Documents sent to the store, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
