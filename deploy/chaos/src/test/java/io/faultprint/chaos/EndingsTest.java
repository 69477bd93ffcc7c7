package io.faultprint.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.chaos.plan.Fault;
import io.faultprint.chaos.world.Exit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndingsTest {

    private static final long FROM = 1_000;
    private static final long UNTIL = FROM + TimeUnit.SECONDS.toNanos(10);

    private final Endings endings = new Endings();

    @Test
    void whatAFaultEndedAndWhatGaveUpWithoutItsBrokerIsInOrder() {
        endings.happened(Fault.BROKER_CRASH, FROM, UNTIL);

        assertThat(holds(new Exit("ingest", 137, true, 5), new Exit("correlate-1", 1, false, UNTIL)))
                .isTrue();
    }

    @Test
    void anEndOutsideOfTheFaultIsTold() {
        endings.happened(Fault.BROKER_CRASH, FROM, UNTIL);

        assertThat(holds(new Exit("correlate-1", 1, false, FROM - 1))).isFalse();
        assertThat(holds(new Exit("correlate-1", 1, false, UNTIL + TimeUnit.SECONDS.toNanos(61))))
                .isFalse();
    }

    @Test
    void anyOtherExitCodeAndAnyOtherFaultIsNoExcuse() {
        endings.happened(Fault.BROKER_CRASH, FROM, UNTIL);
        assertThat(holds(new Exit("ingest", 2, false, UNTIL))).isFalse();

        Endings killed = new Endings();
        killed.happened(Fault.KILL_INGEST, FROM, UNTIL);
        assertThat(killed.judge(List.of(new Exit("diagnose", 1, false, UNTIL))).holds())
                .isFalse();
    }

    private boolean holds(Exit... exits) {
        return endings.judge(List.of(exits)).holds();
    }
}
