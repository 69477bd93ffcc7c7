package io.faultprint.chaos.oracle;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Faultprint said, as it stands in the topics behind the events. */
public final class Said {

    private final AvroCodec codec = AvroCodec.bundled();
    private final String digests;
    private final String late;
    private final String deadLetters;
    private final Map<Integer, Long> closed = new HashMap<>();
    private int sources = Integer.MAX_VALUE;

    final Map<String, LossCount> losses = new TreeMap<>();
    final Map<Place, Integer> lateFrom = new TreeMap<>();
    final Map<Place, Integer> deadFrom = new TreeMap<>();
    final List<Snapshot> snapshots = new ArrayList<>();
    final List<Incident> incidents = new ArrayList<>();
    final List<Cluster> clusters = new ArrayList<>();
    final List<Diagnosis> diagnoses = new ArrayList<>();
    final List<SignatureEntry> signatures = new ArrayList<>();

    public Said(Run run) {
        this.digests = run.topic(Topics.DIGESTS.name());
        this.late = run.topic(Topics.LATE.name());
        this.deadLetters = run.topic(Topics.DEAD_LETTERS.name());
    }

    /** Takes in a record of a topic behind the events. */
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(late)) {
            Place.whence(record).ifPresent(place -> lateFrom.merge(place, 1, Integer::sum));
        } else if (record.topic().equals(deadLetters)) {
            Place.whence(record).ifPresent(place -> deadFrom.merge(place, 1, Integer::sum));
        } else if (record.value() != null) {
            try {
                value(record, codec.decode(record.value()));
            } catch (MalformedRecord poison) {
                // The harness put it there; what its readers made of it stands in dead-letters.
                return;
            }
        }
    }

    private void value(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        if (value instanceof Tick tick) {
            // Every partition of digests has every tick.
            if (record.topic().equals(digests) && record.partition() == 0) {
                tick(tick);
            }
        } else if (value instanceof Snapshot snapshot) {
            snapshots.add(snapshot);
        } else if (value instanceof Incident incident) {
            incidents.add(incident);
        } else if (value instanceof Cluster cluster) {
            clusters.add(cluster);
        } else if (value instanceof Diagnosis diagnosis) {
            diagnoses.add(diagnosis);
        } else if (value instanceof SignatureEntry entry) {
            signatures.add(entry);
        }
    }

    private void tick(Tick tick) {
        sources = tick.getSources();
        closed.merge(tick.getSource(), tick.getUpTo(), Math::max);
        for (LossCount count : tick.getCounts()) {
            losses.merge(
                    count.getKind(),
                    count,
                    (a, b) -> new LossCount(
                            a.getKind(),
                            a.getIn() + b.getIn(),
                            a.getKept() + b.getKept(),
                            a.getLate() + b.getLate(),
                            a.getDuplicated() + b.getDuplicated(),
                            a.getDeadLettered() + b.getDeadLettered(),
                            a.getDropped() + b.getDropped()));
        }
    }

    /** End of the last window that every source has closed; {@code Long.MIN_VALUE} before the first. */
    public long closedUpTo() {
        return closed.size() < sources
                ? Long.MIN_VALUE
                : closed.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }

    /** How many incidents there are, in any state. */
    public long incidentCount() {
        return incidents.stream().map(Incident::getId).distinct().count();
    }

    /** How many clusters there are. */
    public long clusterCount() {
        return clusters.stream().map(Cluster::getId).distinct().count();
    }
}
