package io.faultprint.ingest.consume;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker where the partitions end and what other instances have committed, without anybody waiting for the answer.
 * No answer, no progress: a partition whose leader is away must not look as if it were quiet.
 */
final class Surveyor {

    private final Admin admin;
    private final String group;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends;
    private @Nullable CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> committed;
    private @Nullable CompletableFuture<Map<String, TopicDescription>> described;
    private long askedAt;
    private volatile String trouble = "";
    private Map<TopicPartition, ProgressNote> notes = Map.of();

    Surveyor(Admin admin, String group, InstantSource clock) {
        this.admin = admin;
        this.group = group;
        this.clock = clock;
    }

    /** Asks, unless an answer is still awaited. */
    void ask(Collection<TopicPartition> partitions) {
        if (ends != null || partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        askedAt = clock.millis();
        // The very end, not that of what is committed: behind an open transaction of theirs records may wait.
        ends = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .toCompletionStage()
                .toCompletableFuture();
        committed = admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(false))
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** Takes in an answer that has come. */
    void settle(Map<TopicPartition, Progress> partitions) {
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> asked = ends;
        CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> others = committed;
        if (asked == null || others == null || !asked.isDone() || !others.isDone()) {
            return;
        }
        ends = null;
        committed = null;
        trouble = why(asked);
        if (!asked.isCompletedExceptionally()) {
            asked.getNow(Map.of()).forEach((partition, end) -> {
                Progress progress = partitions.get(partition);
                if (progress != null) {
                    progress.end(end.offset(), askedAt);
                }
            });
        }
        if (!others.isCompletedExceptionally()) {
            Map<TopicPartition, ProgressNote> read = new HashMap<>();
            others.getNow(Map.of()).forEach((partition, offset) -> {
                if (offset != null) {
                    read.put(partition, ProgressNote.of(offset.metadata()));
                }
            });
            notes = read;
        }
    }

    private static String why(CompletableFuture<?> asked) {
        return asked.isCompletedExceptionally()
                ? asked.handle((answer, problem) -> String.valueOf(problem.getMessage()))
                        .join()
                : "";
    }

    /** Why it is not known where partitions end, one line; empty when it is, or nothing was answered yet. */
    String trouble() {
        return trouble;
    }

    /** What an answer says of a topic. */
    enum There {
        YES,
        NO,
        UNKNOWN
    }

    /** Whether there is such a topic, as far as was answered; asks again for the next time. */
    There there(String topic) {
        CompletableFuture<Map<String, TopicDescription>> asked = described;
        if (asked != null && !asked.isDone()) {
            return There.UNKNOWN;
        }
        described = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .toCompletableFuture();
        if (asked == null) {
            return There.UNKNOWN;
        }
        return asked.handle((answer, problem) -> problem == null
                        ? There.YES
                        : problem instanceof UnknownTopicOrPartitionException
                                        || problem.getCause() instanceof UnknownTopicOrPartitionException
                                ? There.NO
                                : There.UNKNOWN)
                .join();
    }

    /** What was committed of a partition, by whomever. */
    ProgressNote committed(TopicPartition partition) {
        return notes.getOrDefault(partition, ProgressNote.NONE);
    }
}
