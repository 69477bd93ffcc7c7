package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseDocumentTest {

    @Test
    void aPulseSaysWhyInWordsAloneAndWhatItSaidBefore() throws IOException {
        Pulse blind = Pulse.newBuilder()
                .setStage("ingest")
                .setInstance("a")
                .setRun("")
                .setAt(5)
                .setEveryMillis(10_000)
                .setState(PulseState.BLIND)
                .setSince(1)
                .setReasons(List.of(new PulseReason(PulseCause.KAFKA_AWAY, "kafka", 1L, "Kafka is away")))
                .setLag(0)
                .setOpenWindows(0)
                .setVersion("1")
                .setStarted(0)
                .setConfiguration("c")
                .build();

        JsonNode json = new ObjectMapper()
                .readTree(new Documents(Run.MAIN).of(blind).get(0).json());

        assertThat(json.at("/why/0").asText()).isEqualTo("Kafka is away");
        assertThat(json.at("/reasons/0/cause").asText()).isEqualTo("KAFKA_AWAY");
    }
}
