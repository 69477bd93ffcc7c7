package io.faultprint.correlate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far state has been read back from its changelogs, by store. Told on the threads of Streams, asked on any. */
final class Restores implements StateRestoreListener {

    private record Part(String store, long left) {}

    private final Map<TopicPartition, Part> going = new ConcurrentHashMap<>();
    private final Map<String, Long> restored = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
        restored.putIfAbsent(store, 0L);
        // Where nothing is to be read, nobody is blind for it.
        if (end > from) {
            going.put(changelog, new Part(store, end - from));
        }
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long records) {
        restored.merge(store, records, Long::sum);
        // Offsets hold the ends of transactions too, so what is left counts down to about nothing, and then it ends.
        going.computeIfPresent(changelog, (key, part) -> new Part(store, Math.max(0, part.left() - records)));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        going.remove(changelog);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
        going.remove(changelog);
    }

    /** Records still to be read, by store; only stores that are being restored. */
    Map<String, Long> going() {
        Map<String, Long> left = new TreeMap<>();
        going.values().forEach(part -> left.merge(part.store(), part.left(), Long::sum));
        return left;
    }

    /** Records read since the start, by store; every store that was looked at. */
    Map<String, Long> restored() {
        return new TreeMap<>(restored);
    }
}
