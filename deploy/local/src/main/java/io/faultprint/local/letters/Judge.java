package io.faultprint.local.letters;

import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Says of each letter whether it can be sent again. Looks at the topics that letters came from, and changes nothing. */
public final class Judge implements AutoCloseable {

    private static final Pattern PLACE = Pattern.compile("POST (/v1/(?:logs|metrics|traces|changes))");
    private static final Duration POLL = Duration.ofMillis(200);

    private final Run run;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<PartitionInfo>> topics;

    public Judge(Map<String, Object> client, Run run) {
        this.run = run;
        this.consumer = LetterBox.consumer(client, IsolationLevel.READ_COMMITTED);
        this.topics = new HashMap<>(consumer.listTopics());
    }

    /** What can be done with a letter; {@code key} and {@code hasValue} as its record has them. */
    public Verdict of(StoredLetter letter, byte @org.jspecify.annotations.Nullable [] key) {
        if (letter.cut() > 0) {
            return new Verdict.No(letter.cut() + " bytes of it are missing: it was too large for a letter"
                    + (letter.origin() instanceof Origin.Place place
                            ? "; the whole stands at " + place + " while that topic keeps it"
                            : "; only its sender has the whole"));
        }
        Origin origin = letter.origin();
        if (origin instanceof Origin.Unknown unknown) {
            return new Verdict.No(unknown.why() + ", so where it came from is not known");
        }
        if (origin instanceof Origin.Unwritten unwritten) {
            return new Verdict.No("a stage made it for " + unwritten.topic() + " and could not write it: it would be as"
                    + " large again");
        }
        return origin instanceof Origin.Door door ? door(door) : place((Origin.Place) origin, letter, key);
    }

    private static Verdict door(Origin.Door door) {
        Matcher place = PLACE.matcher(door.place());
        if (!place.matches()) {
            return new Verdict.No(
                    "it came from " + door.place() + ", a recording or a file: mend it there, and play it" + " again");
        }
        return door.contentType().isEmpty()
                ? new Verdict.No("its headers do not say what its bytes are (content-type)")
                : new Verdict.ToDoor(place.group(1), door.contentType());
    }

    /** What was in a foreign topic goes back there, to be read once more as that topic is read now. */
    private Verdict foreign(Origin.Place place) {
        List<PartitionInfo> there = topics.get(place.topic());
        return there == null || place.partition() >= there.size()
                ? new Verdict.No("topic " + place.topic() + " has no partition " + place.partition() + " any more")
                : new Verdict.ToTopic(place);
    }

    private Verdict place(Origin.Place place, StoredLetter letter, byte @org.jspecify.annotations.Nullable [] key) {
        boolean ours =
                Topics.all().stream().anyMatch(each -> run.topic(each.name()).equals(place.topic()));
        if (letter.stage().equals("ingest") && !ours) {
            return foreign(place);
        }
        Optional<Topic> topic = Topics.all().stream()
                .filter(each -> run.topic(each.name()).equals(place.topic()))
                .filter(each -> !each.values().isEmpty())
                .findFirst();
        if (topic.isEmpty()) {
            return new Verdict.No(place.topic() + ", where it says that it stood, is no topic of records of this run");
        }
        List<PartitionInfo> there = topics.get(place.topic());
        if (there == null) {
            return new Verdict.No("its topic " + place.topic() + " does not exist any more");
        }
        if (place.partition() >= there.size()) {
            return new Verdict.No("its topic " + place.topic() + " has " + there.size() + " partitions now, and no "
                    + place.partition());
        }
        boolean compacted = topic.get().retention() != Topic.Retention.DELETE
                && topic.get().retention() != Topic.Retention.DELETE_LONG;
        if (!compacted) {
            return new Verdict.ToTopic(place);
        }
        if (letter.size() < 0) {
            return new Verdict.No(
                    "it has no value: in " + place.topic() + " that would delete what stands under its key");
        }
        OptionalLong later = laterOfSameKey(place, key);
        return later.isEmpty()
                ? new Verdict.ToTopic(place)
                : new Verdict.No("a later record of its key stands at " + place.topic() + "-" + place.partition() + "@"
                        + later.getAsLong() + ": sent again, the old one would hide it");
    }

    /** In a compacted topic the last record of a key is the truth, and an old one that comes again would be that. */
    private OptionalLong laterOfSameKey(Origin.Place place, byte @org.jspecify.annotations.Nullable [] key) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        long first = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(first, Math.min(end, place.offset() + 1)));
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (Arrays.equals(record.key(), key)) {
                    return OptionalLong.of(record.offset());
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
