package io.faultprint.ingest.consume;

import io.faultprint.ingest.foreign.TopicSettings.Beginning;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this instance reads, and how far each has come. Goes on from what was committed, with its note. No
 * transaction is open when it is told of a change: that happens inside {@code poll} alone.
 */
final class Assigned implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assigned.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Beginning beginning;
    private final long startMillis;
    private final long latenessMillis;
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /** @param startMillis when the stage started: where a topic is begun that was never read before, less the lateness */
    Assigned(Consumer<byte[], byte[]> consumer, Beginning beginning, long startMillis, long latenessMillis) {
        this.consumer = consumer;
        this.beginning = beginning;
        this.startMillis = startMillis;
        this.latenessMillis = latenessMillis;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(added));
        for (TopicPartition partition : added) {
            OffsetAndMetadata offset = committed.get(partition);
            Progress progress;
            if (offset == null) {
                progress = begin(partition);
                consumer.seek(partition, progress.next());
            } else {
                ProgressNote note = ProgressNote.of(offset.metadata());
                progress = new Progress(offset.offset(), note.coveredFrom(), note.reached());
                consumer.seek(partition, offset);
            }
            partitions.put(partition, progress);
            LOG.info("reads {} from offset {}", partition, progress.next());
        }
    }

    private Progress begin(TopicPartition partition) {
        if (beginning == Beginning.EARLIEST) {
            return new Progress(earliest(partition), Progress.UNKNOWN, Progress.UNKNOWN);
        }
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, startMillis - latenessMillis))
                .get(partition);
        long offset =
                first == null ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) : first.offset();
        return new Progress(offset, startMillis, Progress.UNKNOWN);
    }

    private long earliest(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
        gone.forEach(partitions::remove);
    }

    /** Records that were not read yet are gone; what is left is read, and the gap is told. */
    void lost(Collection<TopicPartition> outOfRange) {
        for (TopicPartition partition : outOfRange) {
            long first = earliest(partition);
            Progress progress = partitions.get(partition);
            if (progress != null) {
                LOG.warn("{}: records {} to {} were deleted before they were read", partition, progress.next(), first);
                progress.lost(first);
            }
            consumer.seek(partition, first);
        }
    }

    Map<TopicPartition, Progress> partitions() {
        return partitions;
    }

    /** Whether this instance speaks for the whole topic: exactly one reads its first partition. */
    boolean speaks() {
        return partitions.keySet().stream().anyMatch(partition -> partition.partition() == 0);
    }
}
