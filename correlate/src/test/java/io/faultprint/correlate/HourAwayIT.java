package io.faultprint.correlate;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.topology.signals.Events;
import io.faultprint.correlate.topology.signals.SignalsBounds;
import io.faultprint.event.Heartbeat;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody reads for an hour of event time, and then somebody does, from where it was left: nothing is late by it, nobody
 * is silent, and what is said is what is said by those who were there all the time.
 */
class HourAwayIT {

    private static final int BEFORE = 20;
    private static final int HOUR = 360;
    private static final int WINDOWS = BEFORE + HOUR;
    private static final int TOLD_AT_ONCE = 10;
    private static final int LINES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SAID =
            List.of("partials", "signatures", "snapshots", "digests", "incidents", "clusters");

    @TempDir
    static Path directory;

    private static NodeProcess kafka;
    private static Rig rig;

    @BeforeAll
    static void start() {
        kafka = Nodes.kafka(directory.resolve("kafka"));
        rig = new Rig(kafka.address(), directory);
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @Test
    void whoComesBackAfterAnHourSaysWhatWhoStayedSays() throws Exception {
        try (Topics stayed = rig.topics("stayed");
                Topics away = rig.topics("away")) {
            try (Apps apps = new Apps("stayed")) {
                tell(stayed, 0, WINDOWS);
                apps.untilEnded(stayed);
            }
            try (Apps apps = new Apps("away")) {
                tell(away, 0, BEFORE);
                await().atMost(PATIENCE).until(() -> away.ticked(at(BEFORE - 4)));
                assertThat(apps.signals.health().live()).isTrue();
            }
            tell(away, BEFORE, WINDOWS);
            try (Apps apps = new Apps("away")) {
                apps.untilEnded(away);
            }

            assertThat(away.kept()).isEqualTo(stayed.kept()).isGreaterThanOrEqualTo(2L * LINES * WINDOWS);
            assertThat(away.read("late")).isEmpty();
            assertThat(away.read("snapshots")).noneMatch(snapshot -> snapshot.contains("SERVICE_SILENT"));
            assertThat(away.incidents()).isNotEmpty();
            for (String topic : SAID) {
                assertThat(away.read(topic)).as(topic).isEqualTo(stayed.read(topic));
            }
        }
    }

    private static void tell(Topics topics, int from, int to) throws Exception {
        for (int window = from; window < to; window += TOLD_AT_ONCE) {
            int end = window + TOLD_AT_ONCE;
            topics.send(story(window, end));
            topics.beat(new Heartbeat("door", 1L, at(0), at(end), end == WINDOWS, false));
        }
    }

    /** Two services that always speak, with a failure after half an hour. */
    private static List<SpecificRecord> story(int from, int to) {
        List<SpecificRecord> events = new ArrayList<>();
        for (int window = from; window < to; window++) {
            Random random = new Random(window);
            boolean fault = window >= 200 && window < 206;
            for (int i = 0; i < LINES; i++) {
                long time = at(window) + 500 + 3_000L * i;
                String trace = "%032x".formatted(window * 100L + i);
                events.add(Events.info("web", time, "request " + i + " served"));
                events.add(Events.info("orders", time, "order " + random.nextInt(1_000) + " stored"));
                events.add(Events.span("web", trace, "000000000000000a", null, time + 40, 40, fault));
                if (fault) {
                    events.add(Events.error("orders", time, "no connection to the database after " + i + " attempts"));
                    events.add(Events.error("web", time, "orders did not answer request " + i));
                }
            }
        }
        return events;
    }

    /** The two applications of a run. */
    private static final class Apps implements AutoCloseable {

        private final StreamsApp signals;
        private final StreamsApp incidents;

        private Apps(String run) {
            Brakes brakes = new Brakes();
            BrakedClients clients = new BrakedClients(brakes::holds);
            signals = rig.signals(run, SignalsBounds.DEFAULT, brakes, clients);
            incidents = rig.incidents(run, clients);
            signals.start();
            incidents.start();
        }

        private void untilEnded(Topics topics) {
            await().atMost(PATIENCE).until(topics::ended);
            // The last word on an incident is its end.
            await().atMost(PATIENCE)
                    .until(() -> topics.read("incidents").stream().anyMatch(said -> said.contains("RESOLVED")));
        }

        @Override
        public void close() {
            signals.close();
            incidents.close();
        }
    }
}
