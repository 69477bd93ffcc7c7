package io.faultprint.correlate.topology.incidents;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.calm;
import static io.faultprint.correlate.incident.Story.failing;
import static io.faultprint.correlate.incident.Story.newError;
import static io.faultprint.correlate.incident.Story.odd;
import static io.faultprint.correlate.incident.Story.slow;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.watch.Board;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTopologyTest {

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void digestsBecomeAnIncidentThatIsOpenedUpdatedAndResolved() {
        bench.tell(calm(0, "web").calls("orders"), calm(0, "orders")).tick(0, 1, 0);
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1) + 2_000))).tick(0, 1, 1);
        bench.tell(
                        odd(2, "orders", 8, newError("sig1-a", 7, at(2))),
                        odd(2, "web", 7, failing("GET /", 7, at(2) + 500)).calls("orders"))
                .tick(0, 1, 2);
        bench.tick(0, 1, 30);

        List<Incident> revisions = bench.incidents();

        assertThat(revisions).extracting(Incident::getRevision).containsExactly(1, 2, 3, 4);
        assertThat(revisions)
                .extracting(Incident::getId)
                .containsOnly(revisions.get(0).getId());
        Incident opened = revisions.get(0);
        assertThat(opened.getStatus()).isEqualTo(IncidentStatus.OPEN);
        assertThat(opened.getOpened()).isEqualTo(Windows.DEFAULT.knownAt(at(1)));
        assertThat(opened.getStarted()).isEqualTo(at(1) + 2_000);
        assertThat(opened.getServices()).containsExactly("orders");
        assertThat(revisions.get(1).getServices()).containsExactly("orders", "web");
        assertThat(revisions.get(2).getSettled()).isTrue();
        Incident resolved = revisions.get(3);
        assertThat(resolved.getStatus()).isEqualTo(IncidentStatus.RESOLVED);
        assertThat(resolved.getEnded()).isEqualTo(at(3));
        assertThat(resolved.getNovel()).isTrue();
        assertThat(bench.clusters()).singleElement().satisfies(c -> {
            assertThat(c.getId()).isEqualTo(resolved.getCluster());
            assertThat(c.getFounder()).isEqualTo(resolved.getId());
        });
    }

    @Test
    void aWindowWaitsForEverySource() {
        bench.close();
        bench = new Bench(directory, 2);
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1)))).tick(0, 2, 5);
        assertThat(bench.incidents()).isEmpty();

        bench.tick(1, 2, 0);
        assertThat(bench.incidents()).isEmpty();

        bench.tick(1, 2, 1);
        assertThat(bench.incidents()).hasSize(1);
    }

    @Test
    void evaluatedDigestsLeaveTheStore() {
        bench.tell(calm(0, "web"), odd(0, "orders", 8, newError("sig1-a", 8, at(0))), calm(1, "web"));
        assertThat(bench.rows(IncidentsTopology.PENDING_STORE)).isEqualTo(3);

        bench.tick(0, 1, 0);

        assertThat(bench.rows(IncidentsTopology.PENDING_STORE)).isEqualTo(1);
    }

    @Test
    void aResolvedIncidentLeavesNothingButItsCluster() {
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1)))).tick(0, 1, 40);

        for (String store : List.of(
                IncidentsTopology.PENDING_STORE,
                IncidentsTopology.ABNORMAL_STORE,
                IncidentsTopology.SURPRISES_STORE,
                IncidentsTopology.SIGNATURES_STORE,
                IncidentsTopology.OPEN_STORE)) {
            assertThat(bench.rows(store)).as(store).isZero();
        }
        assertThat(bench.rows(IncidentsTopology.CLUSTERS_STORE)).isEqualTo(1);
    }

    @Test
    void blindWindowsResolveNothing() {
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1)))).tick(0, 1, 1);
        bench.tick(0, 1, 30, false, false);
        assertThat(bench.incidents()).extracting(Incident::getStatus).containsOnly(IncidentStatus.OPEN);

        bench.tick(0, 1, 60);

        assertThat(bench.incidents()).extracting(Incident::getStatus).contains(IncidentStatus.RESOLVED);
    }

    @Test
    void theEndOfTheDataIsNotSilence() {
        bench.close();
        bench = new Bench(directory, 2);
        bench.tell(odd(1, "orders", 8, slow("GET /", 8, at(1)))).tick(0, 2, 1).tick(1, 2, 1, true, true);
        assertThat(bench.incidents()).extracting(Incident::getSettled).containsExactly(false);

        bench.tick(0, 2, 3, true, true);

        assertThat(bench.incidents()).singleElement().satisfies(last -> {
            assertThat(last.getStatus()).isEqualTo(IncidentStatus.OPEN);
            assertThat(last.getEnded()).isNull();
            assertThat(last.getSettled()).isTrue();
            assertThat(last.getCluster()).isNotNull();
        });
        assertThat(bench.clusters()).hasSize(1);
    }

    @Test
    void whatIsTooMuchForOneStepFollowsByItself() {
        bench.close();
        IncidentSettings.Caps caps = IncidentSettings.Caps.DEFAULT;
        bench = new Bench(
                directory,
                IncidentSettings.DEFAULT.withCaps(new IncidentSettings.Caps(
                        caps.digests(),
                        caps.incidents(),
                        caps.services(),
                        caps.surprisesPerService(),
                        caps.surprises(),
                        caps.signatures(),
                        caps.changes(),
                        caps.changesKept(),
                        caps.edges(),
                        2)));
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1)))).tick(0, 1, 9);
        assertThat(bench.incidents()).extracting(Incident::getStatus).doesNotContain(IncidentStatus.RESOLVED);

        bench.aMomentLater().aMomentLater().aMomentLater().aMomentLater();

        assertThat(bench.incidents()).extracting(Incident::getStatus).contains(IncidentStatus.RESOLVED);
    }

    @Test
    void whatABoundLeavesOutIsInTheMetrics() {
        bench.close();
        bench = new Bench(
                directory,
                IncidentSettings.DEFAULT.withCaps(
                        new IncidentSettings.Caps(3, 1, 100, 12, 40, 20, 20, 500, 20_000, 60)));
        for (String service : List.of("a", "b", "c", "d", "e")) {
            bench.tell(odd(1, service, 8, newError("sig1-" + service, 8, at(1))));
        }

        bench.tick(0, 1, 1);

        assertThat(leftOut("digests")).isEqualTo(2);
        assertThat(leftOut("incidents")).isEqualTo(2);
        assertThat(leftOut("services")).isZero();
        assertThat(bench.incidents()).hasSize(1);
    }

    private double leftOut(String bound) {
        return bench.meters
                .get("faultprint.incidents.left.out")
                .tag("bound", bound)
                .counter()
                .count();
    }

    @Test
    void aDigestOfAClosedWindowGoesToLateWithItsBytes() {
        bench.tick(0, 1, 5);
        byte[] bytes =
                Bench.CODEC.encode("faultprint.digests", odd(5, "orders", 8).digest());

        bench.raw("prod", bytes);

        TestRecord<byte[], byte[]> late = bench.out("late").get(0);
        assertThat(late.value()).isEqualTo(bytes);
        assertThat(late.key()).isEqualTo("prod".getBytes(StandardCharsets.UTF_8));
        assertThat(header(late.headers(), "faultprint.cause")).isEqualTo("LATE");
        assertThat(header(late.headers(), "faultprint.offset")).isEqualTo("1");
        assertThat(header(late.headers(), "faultprint.topic")).isEqualTo("faultprint.digests");
    }

    @Test
    void bytesThatAreNoDigestGoToDeadLettersAndDoNoHarm() {
        byte[] noise = {1, 2, 3};
        byte[] wrongKey =
                Bench.CODEC.encode("faultprint.digests", odd(1, "orders", 8).digest());
        byte[] cut = java.util.Arrays.copyOf(wrongKey, wrongKey.length / 2);
        byte[] wrongType = Bench.CODEC.encode("faultprint.digests", someIncident());
        byte[] notANumber = Bench.CODEC.encode(
                "faultprint.digests", odd(1, "orders", Double.NaN).digest());

        bench.raw("prod", noise).raw("staging", wrongKey).raw("prod", cut).raw("prod", wrongType);
        bench.raw("prod", notANumber).tick(4, 4, 1).tick(-1, 4, 1);
        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1)))).tick(0, 1, 1);

        List<TestRecord<byte[], byte[]>> dead = bench.out("dead-letters");
        assertThat(dead).hasSize(7);
        assertThat(dead.get(0).value()).isEqualTo(noise);
        assertThat(dead.get(1).value()).isEqualTo(wrongKey);
        assertThat(header(dead.get(1).headers(), "faultprint.message")).contains("staging");
        assertThat(dead)
                .allSatisfy(
                        d -> assertThat(header(d.headers(), "faultprint.stage")).isEqualTo("incidents"));
        assertThat(bench.incidents()).hasSize(1);
    }

    @Test
    void theTopologyIsTheOneThatStateWasKeptFor() throws IOException {
        String described = IncidentsTopology.build(
                        Run.MAIN,
                        1,
                        Windows.DEFAULT,
                        IncidentSettings.DEFAULT,
                        "test",
                        AvroCodec.bundled(),
                        new SimpleMeterRegistry(),
                        new Board())
                .describe()
                .toString();

        try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
            byte[] expected = Objects.requireNonNull(golden, "topology.txt").readAllBytes();
            assertThat(described.strip()).isEqualTo(new String(expected, StandardCharsets.UTF_8).strip());
        }
    }

    private Incident someIncident() {
        try (Bench other = new Bench(directory.resolve("other"))) {
            return other.tell(odd(1, "orders", 8)).tick(0, 1, 1).incidents().get(0);
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
