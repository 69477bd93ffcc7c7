package io.faultprint.diagnose.index;

import io.faultprint.topic.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one worker brings into the store: topics, read by a group of its own. */
interface Line {

    /** The consumer group, without the run. */
    String group();

    List<Topic> topics();

    /** Puts what the record becomes into the batch. */
    void read(ConsumerRecord<byte[], byte[]> record, Batch batch);
}
