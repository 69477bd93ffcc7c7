package io.faultprint.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningTest {

    private final Learning learning = new Learning();

    @Test
    void learningIsToldWhenItBeginsWhenTheFirstAreLearnedAndWhenAllAre() {
        assertThat(learning.tell(tick(0, 10, 0, 0))).isEmpty();
        assertThat(learning.tell(tick(0, 20, 2, 2)))
                .containsExactly("Telemetry arrives: 2 services so far. What is normal for them is being learned; "
                        + "until then nothing is reported.");
        assertThat(learning.tell(tick(1, 20, 1, 1))).isEmpty();
        assertThat(learning.tell(tick(0, 30, 2, 1)))
                .containsExactly("Learned: 1 of 3 services; the others are still being learned. "
                        + "Incidents are reported from now on.");
        assertThat(learning.tell(tick(0, 40, 2, 0))).isEmpty();
        assertThat(learning.tell(tick(1, 40, 1, 0))).containsExactly("Learned: all of 3 services.");
        assertThat(learning.tell(tick(1, 50, 1, 0))).isEmpty();
        assertThat(learning.status()).isEqualTo("3 services");
    }

    @Test
    void aWindowIsClosedWhenAllSourcesHaveClosedIt() {
        learning.tell(tick(0, 20, 1, 1));
        assertThat(learning.closedUpTo()).isZero();

        learning.tell(tick(1, 10, 0, 0));
        assertThat(learning.closedUpTo()).isEqualTo(10);
    }

    private static Tick tick(int source, long upTo, int services, int learning) {
        return Tick.newBuilder()
                .setSource(source)
                .setSources(2)
                .setUpTo(upTo)
                .setCovered(true)
                .setEnded(false)
                .setCounts(List.of())
                .setServices(services)
                .setLearning(learning)
                .build();
    }
}
