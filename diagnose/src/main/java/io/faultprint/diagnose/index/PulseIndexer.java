package io.faultprint.diagnose.index;

import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.pulse.Pulse;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.topic.Topics;
import io.faultprint.watch.KafkaPulseSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the latest pulse of each instance in the store. Apart from the indexer, because what says that the store was away
 * must not stand behind the hour of documents that waited for it; and only the latest is worth writing. Each process reads
 * all of the topic: it is small, and a second write of the same is harmless.
 */
public final class PulseIndexer implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PulseIndexer.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final AvroCodec codec;
    private final IncidentStore store;
    private final Documents documents;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Pulse> latest = new LinkedHashMap<>();
    private volatile boolean stopping;

    /**
     * Connects when it is run.
     *
     * @param partitions partitions of the topic
     */
    public PulseIndexer(Clients clients, int partitions, AvroCodec codec, IncidentStore store) {
        this.codec = codec;
        this.store = store;
        this.documents = new Documents(clients.run());
        this.consumer = clients.reader("diagnose-pulse");
        String topic = clients.run().topic(Topics.PULSE.name());
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    @Override
    public void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::hear);
                write();
            }
        } catch (WakeupException | InterruptException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            if (codec.decode(record.value()) instanceof Pulse pulse) {
                latest.put(KafkaPulseSink.key(pulse), pulse);
            }
        } catch (MalformedRecord e) {
            // Not kept as a dead letter: the next pulse of the same instance says the same within seconds.
            LOG.warn("{}-{} at {}: no pulse: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** What the store does not take now is tried again a second later, unless something newer has come. */
    private void write() {
        if (latest.isEmpty()) {
            return;
        }
        List<String> keys = new ArrayList<>(latest.keySet());
        List<Document> batch = latest.values().stream()
                .flatMap(pulse -> documents.of(pulse).stream())
                .toList();
        List<Outcome> outcomes = store.write(batch);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refused) {
                LOG.error("the pulse of {} is refused by the store: {}", keys.get(i), refused.reason());
            }
            if (!(outcomes.get(i) instanceof Outcome.Retry)) {
                latest.remove(keys.get(i));
            }
        }
    }

    /** Ends the loop; the thread that runs it releases everything. */
    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
    }
}
