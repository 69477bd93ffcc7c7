package io.faultprint.diagnose.index;

import io.faultprint.diagnose.intake.Intake;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the stages found out: snapshots, signatures, incidents, clusters, diagnoses. What cannot be used is a letter. */
final class Knowledge implements Line {

    private final Intake intake;
    private final Documents documents;

    Knowledge(AvroCodec codec, Run run) {
        this.intake = new Intake(codec, run);
        this.documents = new Documents(run);
    }

    @Override
    public String group() {
        return "diagnose-index";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topics.SNAPSHOTS, Topics.SIGNATURES, Topics.INCIDENTS, Topics.CLUSTERS, Topics.DIAGNOSES);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, Batch batch) {
        Intake.Read read = intake.read(record);
        if (read instanceof Intake.Read.Refused refused) {
            batch.refuse(record, refused.refusal());
        } else if (read instanceof Intake.Read.Value value) {
            try {
                batch.add(record, value.value(), documents.of(value.value()));
            } catch (IllegalArgumentException e) {
                batch.refuse(record, new Refusal(Cause.BAD_VALUE, String.valueOf(e.getMessage())));
            }
        }
    }
}
