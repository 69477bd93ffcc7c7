package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.SignatureCount;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight lines that differ in one word are eight signatures; a ninth makes the word a variable, and them one. */
class MergesTest {

    private static final List<String> CITIES =
            List.of("Accra", "Bern", "Oslo", "Rome", "Lima", "Cairo", "Quito", "Paris");
    private static final int QUIET = 40;

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void eightSignaturesInEachOfManyWindows() {
        bench = new Bench(directory);
        bench.beat(Events.ZERO);
        for (int window = 0; window < QUIET; window++) {
            for (int i = 0; i < CITIES.size(); i++) {
                bench.tell(info("web", at(window) + i, "warehouse in " + CITIES.get(i) + " is open"));
            }
            bench.closed(window);
        }
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void ninth() {
        for (int i = 0; i < CITIES.size(); i++) {
            bench.tell(info("web", at(QUIET) + i, "warehouse in " + CITIES.get(i) + " is open"));
        }
        bench.tell(info("web", at(QUIET) + 9, "warehouse in Dakar is open")).closed(QUIET);
    }

    private List<SignatureEntry> newest(boolean alias) {
        return bench.signatures().stream()
                .filter(entry -> (entry.getAliasOf() != null) == alias)
                .toList();
    }

    @Test
    void theCatalogueSaysWhichOneStandsForThem() {
        String oldest = bench.signatures().stream()
                .filter(entry -> entry.getTemplate().contains("Accra"))
                .findFirst()
                .orElseThrow()
                .getId();

        ninth();

        assertThat(newest(true))
                .hasSize(7)
                .extracting(SignatureEntry::getAliasOf)
                .containsOnly(oldest);
        SignatureEntry survivor =
                newest(false).stream().reduce((first, second) -> second).orElseThrow();
        assertThat(survivor.getId()).isEqualTo(oldest);
        assertThat(survivor.getTemplate()).isEqualTo("warehouse in <*> is open");
        assertThat(survivor.getCount()).isEqualTo(8L * (QUIET + 1) + 1);
        assertThat(survivor.getWindowCount()).isEqualTo(9);
        assertThat(survivor.getFirstSeen()).isEqualTo(at(0));
    }

    @Test
    void theWindowTellsOfThemAsOne() {
        ninth();

        assertThat(bench.snapshot("web", QUIET).getSignatures())
                .singleElement()
                .extracting(SignatureCount::getTemplate, SignatureCount::getCount)
                .containsExactly("warehouse in <*> is open", 9L);
    }

    @Test
    void aMergeIsNoSurprise() {
        ninth();
        bench.tell(info("web", at(QUIET + 1), "warehouse in Tunis is open")).closed(QUIET + 1);

        Snapshot merged = bench.snapshot("web", QUIET);
        assertThat(merged.getLearning()).isFalse();
        assertThat(merged.getSurprises()).isEmpty();
    }

    @Test
    void incidentsAreToldOnce() {
        ninth();
        bench.tell(info("web", at(QUIET + 1), "warehouse in Tunis is open")).closed(QUIET + 1);

        List<Digest> digests = bench.digests();
        assertThat(digests)
                .filteredOn(digest -> !digest.getAliases().isEmpty())
                .singleElement()
                .satisfies(digest -> {
                    assertThat(digest.getWindowStart()).isEqualTo(at(QUIET));
                    assertThat(digest.getAliases()).hasSize(7);
                    assertThat(digest.getAliases().stream()
                                    .map(SignatureAlias::getOf)
                                    .distinct())
                            .hasSize(1);
                });
    }
}
