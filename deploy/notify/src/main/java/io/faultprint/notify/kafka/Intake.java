package io.faultprint.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Horizon;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of {@code incidents} and {@code diagnoses}. What cannot be used is passed over: diagnose reads the same
 * topics, and makes one dead letter of each such record; one more for each target would say nothing new.
 */
public final class Intake {

    private static final int NAME = 1 << 10;
    private static final int MOST_REVISION = 1_000_000;
    private static final int LEAST_SEVERE = 4;

    private final AvroCodec codec;
    private final Horizon horizon;
    private final String incidents;

    /** What a record held. */
    public sealed interface Read {

        record OfIncident(Incident incident) implements Read {}

        record OfDiagnosis(Diagnosis diagnosis) implements Read {}

        /** The end of a key: nothing to tell. */
        record Tombstone() implements Read {}

        /** One that cannot be used, and why. */
        record Unreadable(String why) implements Read {}
    }

    public Intake(AvroCodec codec, Run run) {
        this.codec = codec;
        this.horizon = Horizon.of(run);
        this.incidents = run.topic(Topics.INCIDENTS.name());
    }

    /** Reads a record of one of the two topics. */
    public Read read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return new Read.Tombstone();
        }
        SpecificRecord value;
        try {
            value = codec.decode(record.value());
        } catch (MalformedRecord e) {
            return new Read.Unreadable(String.valueOf(e.getMessage()));
        }
        if (value instanceof Incident incident && record.topic().equals(incidents)) {
            String why = keyed(record, incident.getEnvironment(), incident.getId());
            why = why == null ? wrong(incident, record.timestamp()) : why;
            return why == null ? new Read.OfIncident(incident) : new Read.Unreadable(why);
        }
        if (value instanceof Diagnosis diagnosis && !record.topic().equals(incidents)) {
            String why = keyed(record, diagnosis.getEnvironment(), diagnosis.getCluster());
            why = why == null ? number("revision", diagnosis.getRevision(), MOST_REVISION) : why;
            return why == null ? new Read.OfDiagnosis(diagnosis) : new Read.Unreadable(why);
        }
        return new Read.Unreadable(value.getSchema().getFullName() + " does not belong into " + record.topic());
    }

    private @Nullable String wrong(Incident incident, long appended) {
        String why = number("revision", incident.getRevision(), MOST_REVISION);
        why = why == null ? number("severity", incident.getSeverity(), LEAST_SEVERE) : why;
        why = why == null ? time("started", incident.getStarted(), appended) : why;
        why = why == null ? time("opened", incident.getOpened(), appended) : why;
        why = why == null ? time("asOf", incident.getAsOf(), appended) : why;
        Long ended = incident.getEnded();
        return why == null && ended != null ? time("ended", ended, appended) : why;
    }

    private static @Nullable String keyed(ConsumerRecord<byte[], byte[]> record, String environment, String id) {
        if (environment.isEmpty() || id.isEmpty() || environment.length() > NAME || id.length() > NAME) {
            return "a name of 0 or more than " + NAME + " characters";
        }
        String found = record.key() == null ? "none" : new String(record.key(), UTF_8);
        return found.equals(Keys.id(environment, id)) ? null : "its key is not " + Keys.id(environment, id);
    }

    private static @Nullable String number(String what, int number, int most) {
        return number >= 1 && number <= most ? null : what + " " + number + ": must be from 1 to " + most;
    }

    private @Nullable String time(String what, long time, long appended) {
        return horizon.believesEvent(time, appended) ? null : what + " " + time + ": a time that cannot be";
    }
}
