package io.faultprint.diagnose.gate;

import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.intake.Intake;
import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads incidents and clusters, claims what needs a diagnosis, brings claims to the desk and writes down what comes
 * back. One thread; only the desk works elsewhere. An incident's offset is committed in the transaction of its claim, or
 * after a decision that needs none.
 */
public final class GateWorker implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GateWorker.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REST = Duration.ofSeconds(1);
    /** How long partitions are taken before Kafka is asked for more: it must hear of us every five minutes. */
    private static final long TAKING_NANOS = 60_000_000_000L;

    private static final String GROUP = "diagnose-gate";

    private final Clients clients;
    private final AvroCodec codec;
    private final Intake intake;
    private final EvidenceBoard board;
    private final GateSettings settings;
    private final InstantSource clock;
    private final GateCounts counts;
    private final Desk desk;
    private final Consumer<byte[], byte[]> consumer;
    private final String incidents;
    private final String clusters;

    private final Map<Integer, OwnedPartition> owned = new TreeMap<>();
    private final Set<Integer> wanted = new TreeSet<>();
    private volatile boolean stopping;
    private volatile String state = "joining";

    public GateWorker(
            Clients clients,
            AvroCodec codec,
            EvidenceBoard board,
            Consultation consultation,
            GateSettings settings,
            InstantSource clock,
            GateCounts counts) {
        this.clients = clients;
        this.codec = codec;
        this.intake = new Intake(codec, clients.run());
        this.board = board;
        this.settings = settings;
        this.clock = clock;
        this.counts = counts;
        this.desk = new Desk(consultation, settings.threads(), settings.places());
        this.consumer = clients.member(GROUP);
        this.incidents = clients.run().topic(Topics.INCIDENTS.name());
        this.clusters = clients.run().topic(Topics.CLUSTERS.name());
    }

    /** What it is doing, in a word for people. */
    public String state() {
        return state;
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(incidents, clusters), new Ownership());
            while (!stopping) {
                round();
            }
        } catch (WakeupException | InterruptException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            state = "stopped";
            owned.values().forEach(OwnedPartition::close);
            owned.clear();
            desk.close();
            consumer.close();
        }
    }

    private void round() {
        takeWanted();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            if (partition.topic().equals(clusters)) {
                clusters(partition.partition(), records.records(partition));
            }
        }
        for (TopicPartition partition : records.partitions()) {
            if (partition.topic().equals(incidents)) {
                incidents(partition, records.records(partition));
            }
        }
        results();
        for (int number : List.copyOf(owned.keySet())) {
            carryOn(number);
        }
        counts.stands(standing());
        if (desk.room() > 0) {
            consumer.resume(consumer.paused().stream()
                    .filter(it -> owned.containsKey(it.partition()))
                    .toList());
        }
    }

    private GateCounts.Standing standing() {
        long lag = consumer.assignment().stream()
                .mapToLong(it -> consumer.currentLag(it).orElse(0))
                .sum();
        int claims =
                owned.values().stream().mapToInt(it -> it.ledger().claims()).sum();
        long oldest = owned.values().stream()
                .flatMapToLong(it -> it.ledger().oldestClaim().stream())
                .min()
                .orElse(Long.MAX_VALUE);
        return new GateCounts.Standing(lag, claims, Math.max(0, clock.millis() - oldest), desk.claims());
    }

    private void clusters(int number, List<ConsumerRecord<byte[], byte[]>> records) {
        OwnedPartition partition = owned.get(number);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (partition != null && decode(record).orElse(null) instanceof Cluster cluster) {
                partition.ledger().learn(cluster);
            }
        }
        commit(Map.of(
                new TopicPartition(clusters, number),
                new OffsetAndMetadata(records.get(records.size() - 1).offset() + 1)));
    }

    private void incidents(TopicPartition source, List<ConsumerRecord<byte[], byte[]>> records) {
        OwnedPartition partition = owned.get(source.partition());
        if (partition == null) {
            consumer.pause(List.of(source));
            consumer.seek(source, records.get(0).offset());
            return;
        }
        List<Diagnosis> claims = new ArrayList<>();
        long next = records.get(0).offset();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<SpecificRecord> value = decode(record);
            if (value.isPresent() && value.get() instanceof Incident incident) {
                Decision decision = partition.ledger().decide(incident, board::of, clock.instant());
                if (decision instanceof Decision.Claim claim) {
                    if (claims.size() >= desk.room()) {
                        consumer.seek(source, record.offset());
                        consumer.pause(List.of(source));
                        break;
                    }
                    // Known before it is durable, so that the next incident of this batch sees it; when it does not
                    // become durable, the whole ledger is read anew.
                    partition.ledger().learn(claim.claim());
                    claims.add(claim.claim());
                }
                counts.incident();
            }
            next = record.offset() + 1;
        }
        if (next == records.get(0).offset()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(source, new OffsetAndMetadata(next));
        if (claims.isEmpty()) {
            commit(offsets);
        } else {
            write(source.partition(), partition, claims, offsets);
        }
    }

    /** Claims whose owner is lost. */
    private void carryOn(int number) {
        OwnedPartition partition = owned.get(number);
        if (partition == null || desk.room() == 0) {
            return;
        }
        List<Diagnosis> next = partition.ledger().lost(clock.instant(), desk::running).stream()
                .limit(desk.room())
                .toList();
        if (!next.isEmpty()) {
            next.forEach(it -> LOG.info(
                    "{}: carried on as attempt {}, its owner is lost", ClaimLedger.keyOf(it), it.getAttempt()));
            write(number, partition, next, Map.of());
        }
    }

    private void results() {
        List<Desk.Result> early = new ArrayList<>();
        Map<Integer, List<Desk.Result>> byPartition = new HashMap<>();
        for (Optional<Desk.Result> result = desk.take(); result.isPresent(); result = desk.take()) {
            Desk.Result done = result.get();
            OwnedPartition home = owned.get(done.partition());
            if (home == null) {
                // What was paid for is kept until the partition is ours again, or certainly somebody else's.
                early.add(done);
            } else if (home.ledger().stands(done.claim())) {
                byPartition
                        .computeIfAbsent(done.partition(), number -> new ArrayList<>())
                        .add(done);
            } else {
                desk.done(done);
            }
        }
        byPartition.forEach((number, results) -> {
            OwnedPartition partition = owned.get(number);
            List<Diagnosis> records = results.stream().map(Desk.Result::settled).toList();
            if (partition != null && write(number, partition, records, Map.of())) {
                results.forEach(desk::done);
            } else {
                early.addAll(results);
            }
        });
        early.forEach(desk::putBack);
    }

    private boolean write(
            int number,
            OwnedPartition partition,
            List<Diagnosis> records,
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            partition.write(records, offsets, consumer.groupMetadata());
        } catch (KafkaException e) {
            if (e instanceof InterruptException) {
                throw e;
            }
            LOG.warn("diagnoses-{}: the write is not sure ({}); the partition is taken anew", number, e.toString());
            counts.retaken();
            release(number);
            want(number);
            return false;
        }
        for (Diagnosis record : records) {
            if (record.getState() == DiagnosisState.CLAIMED) {
                counts.claim();
                desk.bring(number, record);
            } else {
                counts.settled(record);
            }
        }
        return true;
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets);
        } catch (KafkaException e) {
            if (e instanceof WakeupException || e instanceof InterruptException) {
                throw e;
            }
            // Nothing was decided that reading again would not decide again.
            LOG.info("offsets not committed ({}); they are with the next ones", e.toString());
        }
    }

    private Optional<SpecificRecord> decode(ConsumerRecord<byte[], byte[]> record) {
        Intake.Read read = intake.read(record);
        if (read instanceof Intake.Read.Refused refused) {
            LOG.warn(
                    "{}-{} at {}: passed over ({}); the indexer puts it among the dead letters",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    refused.refusal().message());
        }
        return read instanceof Intake.Read.Value value ? Optional.of(value.value()) : Optional.empty();
    }

    private void takeWanted() {
        long began = System.nanoTime();
        for (int number : List.copyOf(wanted)) {
            if (System.nanoTime() - began > TAKING_NANOS) {
                return;
            }
            TopicPartition source = new TopicPartition(incidents, number);
            if (!consumer.assignment().contains(source)) {
                wanted.remove(number);
                continue;
            }
            try {
                OwnedPartition taken =
                        OwnedPartition.take(number, clients, codec, new ClaimLedger(settings.owner(), settings.hold()));
                owned.put(number, taken);
                OffsetAndMetadata committed = consumer.committed(Set.of(source)).get(source);
                if (committed == null) {
                    consumer.seekToBeginning(List.of(source));
                } else {
                    consumer.seek(source, committed);
                }
                consumer.resume(List.of(source));
                wanted.remove(number);
                state = "working";
                LOG.info(
                        "diagnoses-{}: taken, {} claims open",
                        number,
                        taken.ledger().claims());
            } catch (KafkaException e) {
                if (e instanceof WakeupException || e instanceof InterruptException) {
                    throw e;
                }
                state = "waiting for Kafka";
                LOG.warn("diagnoses-{}: could not be taken yet ({})", number, e.toString());
                release(number);
                rest();
                return;
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(REST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void want(int number) {
        TopicPartition source = new TopicPartition(incidents, number);
        wanted.add(number);
        if (consumer.assignment().contains(source)) {
            consumer.pause(List.of(source));
        }
    }

    private void release(int number) {
        OwnedPartition partition = owned.remove(number);
        if (partition != null) {
            partition.close();
        }
    }

    /** Ends the loop; the thread that runs it releases everything. */
    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
    }

    private final class Ownership implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.stream().filter(it -> it.topic().equals(incidents)).forEach(it -> want(it.partition()));
            // Only now is it known which of the partitions that were taken from us did not come back.
            desk.keep(consumer.assignment().stream()
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet()));
            if (partitions.isEmpty() && owned.isEmpty()) {
                state = "working, without partitions";
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.stream().filter(it -> it.topic().equals(incidents)).forEach(it -> {
                wanted.remove(it.partition());
                release(it.partition());
            });
        }
    }
}
