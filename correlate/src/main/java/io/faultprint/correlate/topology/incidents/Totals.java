package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.state.TotalRow;
import io.faultprint.correlate.table.Table;
import io.faultprint.correlate.watch.TaskFacts.Counted;
import io.faultprint.snapshot.CutCount;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Sums over the whole run: events by kind and fate and what bounds left out, as the ticks carry them, and windows by
 * whether they were covered.
 * Kept in a store, so that neither a restart nor a transaction that is rolled back counts anything twice.
 */
final class Totals {

    private final Table<TotalRow> rows;
    private final long windowMillis;
    private String topic = "";
    private int partition;
    private long offset = -1;

    Totals(Table<TotalRow> rows, long windowMillis) {
        this.rows = rows;
        this.windowMillis = windowMillis;
    }

    /** Counts what a source of digests has closed, and what became of its events. */
    void tick(Tick tick, long before) {
        for (LossCount count : tick.getCounts()) {
            add("events/" + count.getKind() + "/kept", count.getKept());
            add("events/" + count.getKind() + "/late", count.getLate());
            add("events/" + count.getKind() + "/duplicated", count.getDuplicated());
            add("events/" + count.getKind() + "/dead-lettered", count.getDeadLettered());
            add("events/" + count.getKind() + "/dropped", count.getDropped());
        }
        for (CutCount cut : tick.getCuts()) {
            add("cuts/" + cut.getBound(), cut.getCount());
        }
        if (tick.getUpTo() > before && !tick.getEnded()) {
            long closed = before == Long.MIN_VALUE ? 1 : (tick.getUpTo() - before) / windowMillis;
            add(tick.getCovered() ? "windows/covered" : "windows/blind", closed);
        }
    }

    /** Counts a digest by its fate. */
    void digest(String fate) {
        add("events/digests/" + fate, 1);
    }

    /** The record being processed is counted. */
    void upTo(ProcessorContext<?, ?> context) {
        context.recordMetadata().ifPresent(at -> {
            topic = at.topic();
            partition = at.partition();
            offset = at.offset();
        });
    }

    /** The sums, and up to where they count. */
    Counted counted(String shortTopic) {
        Map<String, Long> totals = new HashMap<>();
        rows.entriesUnder("")
                .forEach(row -> totals.put(row.getKey(), row.getValue().getCount()));
        return new Counted(topic.isEmpty() ? "" : shortTopic, partition, offset, totals);
    }

    private void add(String name, long count) {
        TotalRow before = rows.get(name);
        // A zero is kept too: a counter must be there before it first counts, or its first rise is not seen.
        if (before == null || count > 0) {
            rows.put(name, new TotalRow((before == null ? 0 : before.getCount()) + count));
        }
    }
}
