package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.signature.Signature;
import io.faultprint.correlate.state.KnownHashRow;
import io.faultprint.correlate.state.SignatureRow;
import io.faultprint.correlate.state.SignatureSeenRow;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.SignatureEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that a release with an older algorithm left behind. */
class UpgradedStateTest {

    private static final String OLD = "sig1-00000000000000aa";

    @TempDir
    private Path directory;

    @Test
    void whatAnOlderVersionKnewGoesOnAndItsIdIsAnAlias() {
        try (Bench bench = new Bench(directory)) {
            bench.beat(Events.ZERO);
            RowKey service = RowKey.of('g').then("prod").then("web");
            Rows rows = bench.state(ServicesProcessor.SIGNATURE_STORE);
            rows.put(
                    service.then(OLD),
                    new SignatureRow(OLD, 1L, "LINE", "order <num> is ready", "order <num> is ready"));
            rows.put(RowKey.of('h').then("prod").then("web").then(4711L), new KnownHashRow(OLD, 2L));
            rows.put(
                    RowKey.of('s').then("prod").then("web").then(OLD),
                    new SignatureSeenRow(
                            9, at(0) - 7, at(0) - 5, 40L, List.of("order 1 is ready"), List.of(), List.of()));

            bench.tell(info("web", at(0) + 1, "order 17 is ready")).closed(0);
            bench.tell(info("web", at(1) + 1, "order 18 is ready")).closed(1);

            List<SignatureEntry> entries = bench.signatures();
            assertThat(entries)
                    .filteredOn(entry -> entry.getAliasOf() != null)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.getId()).isEqualTo(OLD);
                        assertThat(entry.getAliasOf()).startsWith(Signature.PREFIX);
                    });
            SignatureEntry last = entries.get(entries.size() - 1);
            assertThat(last.getId()).startsWith(Signature.PREFIX);
            assertThat(last.getCount()).isEqualTo(42);
            assertThat(last.getFirstSeen()).isEqualTo(at(0) - 7);
            assertThat(bench.digests())
                    .flatExtracting(digest -> digest.getAliases())
                    .containsExactly(new SignatureAlias(OLD, last.getId()));
            assertThat(rows.has(service.then(OLD))).isFalse();
        }
    }
}
