package io.faultprint.diagnose.gate;

import io.faultprint.diagnose.intake.Intake;
import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of {@code diagnoses} that this process owns: its ledger, and the only producer that can write to it.
 * Taking it shuts out the owner before, so that what is read after that is all there will ever be of the old one.
 */
final class OwnedPartition implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int number;
    private final String topic;
    private final AvroCodec codec;
    private final Producer<String, byte[]> producer;
    private final ClaimLedger ledger;

    private OwnedPartition(
            int number, String topic, AvroCodec codec, Producer<String, byte[]> producer, ClaimLedger ledger) {
        this.number = number;
        this.topic = topic;
        this.codec = codec;
        this.producer = producer;
        this.ledger = ledger;
    }

    /**
     * Takes the partition and reads what is there.
     *
     * @throws KafkaException when Kafka does not let us, or not now
     */
    static OwnedPartition take(int number, Clients clients, AvroCodec codec, ClaimLedger ledger) {
        Intake intake = new Intake(codec, clients.run());
        Producer<String, byte[]> producer = clients.transactions("diagnose-claims-" + number);
        try {
            producer.initTransactions();
            try (Consumer<byte[], byte[]> reader = clients.reader("diagnose-claims-reader-" + number)) {
                read(reader, new TopicPartition(clients.run().topic(Topics.CLUSTERS.name()), number), intake, ledger);
                read(reader, new TopicPartition(clients.run().topic(Topics.DIAGNOSES.name()), number), intake, ledger);
            }
            return new OwnedPartition(number, clients.run().topic(Topics.DIAGNOSES.name()), codec, producer, ledger);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static void read(
            Consumer<byte[], byte[]> reader, TopicPartition partition, Intake intake, ClaimLedger ledger) {
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
        long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                learn(record, intake, ledger);
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(partition + ": not read to offset " + end + " within " + PATIENCE.toSeconds()
                        + " s; stands at " + reader.position(partition));
            }
        }
    }

    private static void learn(ConsumerRecord<byte[], byte[]> record, Intake intake, ClaimLedger ledger) {
        Intake.Read read = intake.read(record);
        if (read instanceof Intake.Read.Value value) {
            if (value.value() instanceof Diagnosis diagnosis) {
                ledger.learn(diagnosis);
            } else if (value.value() instanceof Cluster cluster) {
                ledger.learn(cluster);
            }
        } else if (read instanceof Intake.Read.Refused refused) {
            LOG.error(
                    "{}-{} at {}: {}; the indexer puts it among the dead letters",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    refused.refusal().message());
        }
    }

    ClaimLedger ledger() {
        return ledger;
    }

    /**
     * Writes records and, when there are any, offsets as one transaction; afterwards the ledger knows the records.
     *
     * @throws KafkaException when it is not certain that they were written: the partition must be taken again
     */
    void write(List<Diagnosis> records, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        List<java.util.concurrent.Future<org.apache.kafka.clients.producer.RecordMetadata>> sent = records.stream()
                .map(record -> producer.send(
                        new ProducerRecord<>(topic, number, ClaimLedger.keyOf(record), codec.encode(topic, record))))
                .toList();
        for (var future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new org.apache.kafka.common.errors.InterruptException(e);
            }
        }
        if (!offsets.isEmpty()) {
            producer.sendOffsetsToTransaction(offsets, group);
        }
        producer.commitTransaction();
        records.forEach(ledger::learn);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
