package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.evaluate.truth.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersTest {

    private static final Fault FIRST = fault("a", 1_000_000);
    private static final Fault SECOND = fault("b", 1_100_000);

    @ParameterizedTest
    @CsvSource({
        "969_999, none",
        "970_000, a",
        "1_069_999, a",
        "1_070_000, b",
        "1_280_000, b",
        "1_280_001, none",
    })
    void theLatestFaultThatMayHaveCausedItOwnsAnIncident(String opened, String owner) {
        History incident = Incidents.history("inc", Long.parseLong(opened.replace("_", "")));

        Map<Optional<Fault>, List<History>> owned = Owners.DEFAULT.assign(List.of(FIRST, SECOND), List.of(incident));

        assertThat(owned)
                .containsOnlyKeys(
                        switch (owner) {
                            case "a" -> Optional.of(FIRST);
                            case "b" -> Optional.of(SECOND);
                            default -> Optional.<Fault>empty();
                        });
    }

    @Test
    void incidentsOfOneFaultStandByTheirOpening() {
        History late = Incidents.history("late", 1_050_000);
        History early = Incidents.history("early", 1_010_000);

        assertThat(Owners.DEFAULT.assign(List.of(FIRST), List.of(late, early)))
                .containsEntry(Optional.of(FIRST), List.of(early, late));
    }

    @Test
    void whatOpensSoonAfterASignIsOfItsFaultThoughTheOnsetIsLongAgo() {
        Fault leak = new Fault(
                1_000_000,
                1_900_000,
                "a",
                "leak",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("a"),
                List.of(1_010_000L, 1_600_000L));

        History felt = Incidents.history("felt", 1_650_000);
        History between = Incidents.history("between", 1_400_000);

        assertThat(Owners.DEFAULT.assign(List.of(leak), List.of(felt, between)))
                .containsEntry(Optional.of(leak), List.of(felt))
                .containsEntry(Optional.empty(), List.of(between));
        assertThat(Owners.DEFAULT.soon(leak, felt.opened())).isFalse();
    }

    private static Fault fault(String service, long time) {
        return new Fault(
                time,
                time + 90_000,
                service,
                "kind",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(service),
                List.of());
    }
}
