package io.faultprint.notify.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.notify.form.JsonForm;
import io.faultprint.notify.form.Origin;
import io.faultprint.notify.kafka.Clients;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.serde.AvroCodec;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TargetWorkerTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<MockConsumer<byte[], byte[]>> members = new CopyOnWriteArrayList<>();

    @Test
    void whatKafkaDoesNotDoForAWhileIsTriedAgainByANewMemberAndTold() throws InterruptedException {
        TargetWorker worker = worker(List.of(
                new TimeoutException("Timeout of 60000ms expired before the position could be determined"),
                new GroupAuthorizationException("notify-pager")));
        Thread thread = new Thread(worker, "worker");

        thread.start();

        await().atMost(SOON).until(() -> members.size() == 2);
        assertThat(worker.state()).startsWith("waiting for Kafka: ");
        assertThat(worker.brokenSince()).isPositive();
        await().atMost(SOON).until(() -> members.size() == 3);
        assertThat(members.subList(0, 2)).allMatch(MockConsumer::closed);
        assertThat(meters.get("faultprint.notify.sessions.broken").counter().count())
                .isEqualTo(2);
        assertThat(thread.isAlive()).isTrue();
        worker.close();
        thread.join(SOON.toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(members.get(2).closed()).isTrue();
    }

    /** One whose first members fail at their first poll, each with one of these. */
    private TargetWorker worker(List<KafkaException> failures) {
        TargetSettings settings = new TargetSettings(
                "pager",
                URI.create("http://127.0.0.1:1"),
                "",
                Map.of(),
                "",
                List.of(),
                4,
                Duration.ofSeconds(1),
                Optional.empty(),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                false);
        Clients clients = new Clients(ConfigLoader.defaults(KafkaSettings.class), new Run("faultprint", ""));
        InstantSource clock = InstantSource.system();
        return new TargetWorker(
                settings,
                new JsonForm(new Origin("pager", "", "")),
                new Sender(settings, clock),
                clients,
                AvroCodec.bundled(),
                new TargetCounts(meters, "pager", clock),
                clock,
                (group, beginning) -> member(failures));
    }

    private Consumer<byte[], byte[]> member(List<KafkaException> failures) {
        MockConsumer<byte[], byte[]> member = new MockConsumer<>("earliest");
        if (members.size() < failures.size()) {
            member.setPollException(failures.get(members.size()));
        }
        members.add(member);
        return member;
    }
}
