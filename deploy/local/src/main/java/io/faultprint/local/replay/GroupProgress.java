package io.faultprint.local.replay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has committed. */
final class GroupProgress {

    private static final long PATIENCE_SECONDS = 30;

    private final Admin admin;
    private final String group;

    GroupProgress(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Whether the group has committed behind the last record of each partition.
     *
     * @param last the offset of the last record of each partition that has any; not the partition's end, because the
     *     markers of transactions stand there, which nobody commits
     */
    boolean isBehind(Map<TopicPartition, Long> last) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return List.copyOf(last.entrySet()).stream().allMatch(entry -> {
                OffsetAndMetadata offset = committed.get(entry.getKey());
                return offset != null && offset.offset() > entry.getValue();
            });
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("Kafka does not tell how far " + group + " is", failure);
        }
    }
}
