package io.faultprint.notify.receiver;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.notify.kafka.Clients;
import io.faultprint.notify.kafka.Intake;
import io.faultprint.notify.notice.Ledger;
import io.faultprint.notify.notice.Notice;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The ledger of each partition that is ours, read back from the topics up to where this target has come. */
final class Ledgers {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Clients clients;
    private final Intake intake;
    private final String name;
    private final Map<Integer, Ledger> ledgers = new HashMap<>();

    /** Something that stands open where a new target begins, with the record that says so. */
    record Standing(Notice notice, ConsumerRecord<byte[], byte[]> record) {}

    Ledgers(Clients clients, Intake intake, String name) {
        this.clients = clients;
        this.intake = intake;
        this.name = name;
    }

    /**
     * Takes a partition of both topics up to these offsets.
     *
     * @return what is open there
     */
    List<Standing> take(int partition, long incidents, long diagnoses) {
        Ledger ledger = new Ledger();
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = clients.reader(name + "-ledger-" + partition)) {
            read(reader, partition(Topics.DIAGNOSES.name(), partition), diagnoses, (read, record) -> {
                if (read instanceof Intake.Read.OfDiagnosis diagnosis) {
                    ledger.learn(diagnosis.diagnosis());
                }
            });
            read(reader, partition(Topics.INCIDENTS.name(), partition), incidents, (read, record) -> {
                if (read instanceof Intake.Read.OfIncident incident) {
                    ledger.learn(incident.incident());
                    remember(latest, incident.incident(), record);
                }
            });
        }
        ledgers.put(partition, ledger);
        List<Standing> standing = new ArrayList<>();
        for (Notice notice : ledger.standing()) {
            ConsumerRecord<byte[], byte[]> record = latest.get(
                    notice.story().environment() + "/" + notice.story().id());
            if (record != null) {
                standing.add(new Standing(notice, record));
            }
        }
        return standing;
    }

    private static void remember(
            Map<String, ConsumerRecord<byte[], byte[]>> latest,
            Incident incident,
            ConsumerRecord<byte[], byte[]> record) {
        String key = incident.getEnvironment() + "/" + incident.getId();
        switch (incident.getStatus()) {
            case OPEN -> latest.put(key, record);
            case RESOLVED, MERGED -> latest.remove(key);
        }
    }

    private void read(
            Consumer<byte[], byte[]> reader,
            TopicPartition partition,
            long end,
            BiConsumer<Intake.Read, ConsumerRecord<byte[], byte[]>> each) {
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.offset() < end) {
                    each.accept(intake.read(record), record);
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(partition + ": not read to offset " + end + "; nothing came for "
                        + PATIENCE.toSeconds() + " s at " + reader.position(partition));
            }
        }
    }

    private TopicPartition partition(String topic, int partition) {
        return new TopicPartition(clients.run().topic(topic), partition);
    }

    void drop(int partition) {
        ledgers.remove(partition);
    }

    List<Notice> learn(int partition, Incident incident, boolean anew) {
        Ledger ledger = of(partition);
        if (anew) {
            ledger.forget(incident);
        }
        return ledger.learn(incident).map(List::of).orElse(List.of());
    }

    List<Notice> learn(int partition, Diagnosis diagnosis) {
        return of(partition).learn(diagnosis);
    }

    /** All that is open in our partitions. */
    List<Notice> standing() {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.standing().stream())
                .toList();
    }

    int open() {
        return ledgers.values().stream().mapToInt(Ledger::open).sum();
    }

    private Ledger of(int partition) {
        Ledger ledger = ledgers.get(partition);
        if (ledger == null) {
            throw new IllegalStateException("a record of partition " + partition + ", which is not ours");
        }
        return ledger;
    }
}
