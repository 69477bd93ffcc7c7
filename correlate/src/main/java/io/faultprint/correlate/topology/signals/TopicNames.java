package io.faultprint.correlate.topology.signals;

import io.faultprint.letter.Horizon;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What a processor knows of its run: from full topic names back to the catalogue's, and which times are believed. */
final class TopicNames {

    private final Run run;
    private final Map<String, String> kinds;
    private final Horizon horizon;

    TopicNames(Run run) {
        this.run = run;
        this.horizon = Horizon.of(run);
        this.kinds = Topics.all().stream().map(Topic::name).collect(Collectors.toMap(run::topic, Function.identity()));
    }

    /** The full name of a topic of the catalogue. */
    String topic(String kind) {
        return run.topic(kind);
    }

    /** The catalogue's name of the topic that a record was read from. */
    String kindOf(Optional<RecordMetadata> source) {
        String topic = source.map(RecordMetadata::topic).orElse("(none)");
        String kind = kinds.get(topic);
        if (kind == null) {
            throw new IllegalStateException("a record from " + topic + ", which is no topic of this run");
        }
        return kind;
    }

    Horizon horizon() {
        return horizon;
    }
}
