package io.faultprint.diagnose.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.Diagnosing;
import io.faultprint.diagnose.Records;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.runtime.ConfigLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectGateTest {

    private final DirectGate gate = new Diagnosing(
                    ConfigLoader.of(DiagnoseConfig.class, Map.of()), new SimpleMeterRegistry(), Clock.systemUTC())
            .gate();

    @Test
    void aNovelClusterIsDiagnosedOnceHoweverManyRevisionsAndIncidentsItHas() throws InterruptedException {
        Incident settled = Records.novel("inc1-1", "clu1-1");

        Optional<Diagnosis> first = gate.read(settled);

        assertThat(first).isPresent();
        assertThat(first.orElseThrow().getState()).isEqualTo(DiagnosisState.DIAGNOSED);
        assertThat(first.orElseThrow().getIncident()).isEqualTo("inc1-1");
        assertThat(gate.read(settled)).isEmpty();
        assertThat(gate.read(Records.novel("inc2-1", "clu1-1"))).isEmpty();
        assertThat(gate.read(Records.novel("inc3-1", "clu2-1"))).isPresent();
    }

    @Test
    void whatHasNotSettledOrWasSeenBeforeIsNotAskedFor() throws InterruptedException {
        Incident novel = Records.novel("inc1-1", "clu1-1");

        assertThat(gate.read(Incident.newBuilder(novel).setSettled(false).build()))
                .isEmpty();
        assertThat(gate.read(Incident.newBuilder(novel).setNovel(false).build()))
                .isEmpty();
    }
}
