package io.faultprint.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.BundledSchemas;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySchemasTest {

    private static final String LOGS = "faultprint.logs";
    private static final Heartbeat BEAT = new Heartbeat("door", 1L, 2L, 3L, false, false);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SmallRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new SmallRegistry();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whatIsWrittenHasTheRegistrysIdAndIsReadByIt() {
        int id = registerAll();
        try (TopicSchemas schemas = open(List.of(Topics.LOGS))) {
            byte[] bytes = schemas.codec().encode(LOGS, BEAT);

            assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
            assertThat(schemas.codec().decode(bytes)).isEqualTo(BEAT);
        }
    }

    @Test
    void aTopicMayHoldBundledAndRegisteredIds() {
        registerAll();
        byte[] bundled = AvroCodec.bundled().encode(LOGS, BEAT);
        try (TopicSchemas schemas = open(List.of(Topics.LOGS))) {
            byte[] registered = schemas.codec().encode(LOGS, BEAT);

            assertThat(bundled).isNotEqualTo(registered);
            assertThat(schemas.codec().decode(bundled)).isEqualTo(BEAT);
            assertThat(schemas.codec().decode(registered)).isEqualTo(BEAT);
        }
    }

    @Test
    void whatWasSeenOnceServesWithoutTheRegistry() {
        int foreign = registry.register("elsewhere", evolved());
        registerAll();
        try (TopicSchemas schemas = open(List.of(Topics.LOGS))) {
            byte[] seen = wire(foreign);
            schemas.codec().decode(seen);
            registry.stop();

            assertThat(schemas.codec().decode(seen)).isInstanceOf(Heartbeat.class);
            assertThat(schemas.codec().decode(schemas.codec().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
        }
    }

    @Test
    void committedVersionsOfOurSubjectsAreReadAlthoughTheRegistryWentAwayAfterTheStart() {
        registerAll();
        int heartbeat = registry.register("faultprint.spans-io.faultprint.event.Heartbeat", committed(BEAT));
        try (TopicSchemas schemas = open(List.of())) {
            registry.stop();

            assertThat(schemas.codec().decode(AvroCodecBytes.with(heartbeat, BEAT)))
                    .isEqualTo(BEAT);
        }
    }

    @Test
    void anUnknownIdWaitsForARegistryThatIsAway() throws Exception {
        int foreign = registry.register("elsewhere", evolved());
        try (TopicSchemas schemas = open(List.of())) {
            registry.stop();
            CompletableFuture<SpecificRecord> read =
                    CompletableFuture.supplyAsync(() -> schemas.codec().decode(wire(foreign)));
            await().atMost(PATIENCE).untilAsserted(() -> {
                Health health = schemas.over(Health.ready("runs"));
                assertThat(health.ready()).isFalse();
                assertThat(health.live()).isTrue();
                assertThat(health.detail())
                        .contains("waiting for schema id " + foreign)
                        .contains(registry.url().toString());
            });
            assertThat(schemas.over(new Sight(List.of(), null, 0, 0)).reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.getWhat()).isEqualTo("registry"));
            assertThat(read).isNotDone();

            registry.start();

            assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(BEAT);
            assertThat(schemas.over(Health.ready("runs"))).isEqualTo(Health.ready("runs"));
        }
    }

    @Test
    void otherIdsAreReadWhileOneWaits() {
        int foreign = registry.register("elsewhere", evolved());
        registerAll();
        try (TopicSchemas schemas = open(List.of(Topics.LOGS))) {
            registry.stop();
            CompletableFuture<SpecificRecord> read =
                    CompletableFuture.supplyAsync(() -> schemas.codec().decode(wire(foreign)));
            await().atMost(PATIENCE).until(() -> !schemas.over(Health.ready("")).ready());

            assertThat(schemas.codec().decode(AvroCodec.bundled().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
            assertThat(schemas.codec().decode(schemas.codec().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
            assertThat(read).isNotDone();
        }
    }

    @Test
    void closeEndsAWait() {
        int foreign = registry.register("elsewhere", evolved());
        TopicSchemas schemas = open(List.of());
        registry.answer(exchange -> {
            hang();
            return true;
        });
        CompletableFuture<SpecificRecord> read =
                CompletableFuture.supplyAsync(() -> schemas.codec().decode(wire(foreign)));
        await().atMost(PATIENCE).until(() -> registry.requests() > 0 && !read.isDone());

        schemas.close();

        assertThatThrownBy(() -> read.orTimeout(60, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WakeupException.class);
    }

    /** What keeps a reader waiting, and is no word on the record. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"error_code":50001,"message":"Error in the backend data store"} | HTTP 500
            503 | <html>no backend</html>                                          | HTTP 503
            429 | {"error_code":429,"message":"slow down"}                         | HTTP 429
            404 | <html>not found</html>                                           | is that the address of its API?
            404 | {"error_code":404,"message":"HTTP 404 Not Found"}                | is that the address of its API?
            401 | {"error_code":401,"message":"Unauthorized"}                      | see registry.properties
            403 | {"error_code":40301,"message":"Forbidden"}                       | see registry.properties
            200 | <html>welcome</html>                                             | Unexpected character
            200 | {"id":                                                           | Unexpected end-of-input
            200 | {}                                                               | an answer without a schema
            200 | []                                                               | Cannot deserialize
            200 | ''                                                               | No content
            """)
    void waitsOn(int status, String body, String words) {
        try (TopicSchemas schemas = open(List.of())) {
            registry.answer(status, body);
            CompletableFuture<SpecificRecord> read =
                    CompletableFuture.supplyAsync(() -> schemas.codec().decode(wire(7)));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(schemas.over(Health.ready("")).detail())
                                    .contains("waiting for schema id 7")
                                    .contains(words));
            assertThat(read).isNotDone();
        }
    }

    /** What is a registry's word on the record. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {"error_code":40403,"message":"Schema 7 not found"}                        | Schema 7 not found
            200 | {"schemaType":"PROTOBUF","schema":"syntax = 'proto3';"}                    | of type PROTOBUF
            200 | {"schema":"no schema"}                                                     | no Avro schema
            200 | {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"a.B\\",\\"fields\\":[]}"} | which is none of ours
            200 | {"schema":"\\"string\\""}                                                  | which is none of ours
            200 | {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"io.faultprint.event.Heartbeat\\",\\"fields\\":[]}"} | not a whole record
            """)
    void isMalformed(int status, String body, String words) {
        try (TopicSchemas schemas = open(List.of())) {
            registry.answer(status, body);

            assertThatThrownBy(() -> schemas.codec().decode(wire(7)))
                    .isInstanceOf(MalformedRecord.class)
                    .hasMessageContaining("schema id 7")
                    .hasMessageContaining(words);
        }
    }

    @Test
    void theSameUnknownIdIsNotAskedForAgainAtOnce() {
        try (TopicSchemas schemas = open(List.of())) {
            int before = registry.requests();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> schemas.codec().decode(wire(4711))).isInstanceOf(MalformedRecord.class);
            }

            assertThat(registry.requests() - before).isEqualTo(1);
        }
    }

    /** A writer may be a moment ahead of a replica of the registry. */
    @Test
    void anIdThatIsGivenAMomentLaterIsFound() {
        try (TopicSchemas schemas = open(List.of())) {
            assertThatThrownBy(() -> schemas.codec().decode(wire(1))).isInstanceOf(MalformedRecord.class);

            assertThat(registry.register("elsewhere", evolved())).isEqualTo(1);

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(MalformedRecord.class)
                    .untilAsserted(
                            () -> assertThat(schemas.codec().decode(wire(1))).isEqualTo(BEAT));
        }
    }

    @Test
    void aBundledIdThatNobodyKnowsIsNotTheRegistrysBusiness() {
        try (TopicSchemas schemas = open(List.of())) {
            int before = registry.requests();

            assertThatThrownBy(() -> schemas.codec().decode(wire(BundledSchemas.BASE + 1)))
                    .isInstanceOf(MalformedRecord.class)
                    .hasMessageContaining("a bundled id");
            assertThat(registry.requests()).isEqualTo(before);
        }
    }

    @Test
    void aDripOfBytesIsNoAnswer() {
        RegistrySettings hasty = new RegistrySettings(
                List.of(registry.url()), SubjectNames.TOPIC_RECORD, false, Duration.ofMillis(300), Map.of());
        registry.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                hang(50);
            }
        });

        assertThatThrownBy(() -> open(hasty, List.of()))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("no answer within 300 ms (registry.timeout)");
    }

    @Test
    void theStartNamesEverySubjectThatIsMissing() {
        assertThatThrownBy(() -> open(List.of(Topics.LOGS)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("registry.url " + registry.url())
                .hasMessageContaining("subject faultprint.logs-io.faultprint.event.LogEvent")
                .hasMessageContaining("subject faultprint.logs-io.faultprint.event.Heartbeat")
                .hasMessageContaining("`faultprint setup`");
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void withAutoRegisterTheStartRegistersWhatItWritesAndNothingElse() {
        RegistrySettings allowed = new RegistrySettings(
                List.of(registry.url()), SubjectNames.TOPIC_RECORD, true, Duration.ofSeconds(5), Map.of());
        try (TopicSchemas schemas = open(allowed, List.of(Topics.LOGS))) {
            assertThat(registry.subjects())
                    .containsOnlyKeys(
                            LOGS + "-" + LogEvent.getClassSchema().getFullName(),
                            LOGS + "-" + Heartbeat.getClassSchema().getFullName());
            assertThat(schemas.codec().decode(schemas.codec().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
        }
    }

    @Test
    void aRegistryThatIsAwayAtTheStartIsUnreachable() {
        registry.stop();

        assertThatThrownBy(() -> open(List.of(Topics.LOGS)))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("registry.url " + registry.url())
                .hasMessageContaining("start the registry, or name another");
    }

    @Test
    void theSecondOfTwoAddressesServesWhenTheFirstIsAway() throws IOException {
        registerAll();
        SmallRegistry away = new SmallRegistry();
        away.close();
        RegistrySettings both = new RegistrySettings(
                List.of(away.url(), registry.url()), SubjectNames.TOPIC_RECORD, false, Duration.ofSeconds(5), Map.of());
        try (TopicSchemas schemas = open(both, List.of(Topics.LOGS))) {
            assertThat(schemas.codec().decode(schemas.codec().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
        }
    }

    @Test
    void whoOnlyReadsIsToldAtOnceThatTheRegistryIsAway() {
        int foreign = registry.register("elsewhere", evolved());
        try (TopicSchemas schemas = TopicSchemas.reading(registry.settings(Map.of()))) {
            registry.stop();

            assertThat(schemas.codec().decode(AvroCodec.bundled().encode(LOGS, BEAT)))
                    .isEqualTo(BEAT);
            assertThatThrownBy(() -> schemas.codec().decode(wire(foreign)))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("schema id " + foreign);
        }
    }

    @Test
    void everyWayOfNamingSubjectsIsWrittenAndRead() {
        for (SubjectNames names : SubjectNames.values()) {
            RegistrySettings settings =
                    new RegistrySettings(List.of(registry.url()), names, true, Duration.ofSeconds(5), Map.of());
            try (TopicSchemas schemas = open(settings, List.of(Topics.LOGS))) {
                assertThat(schemas.codec().decode(schemas.codec().encode(LOGS, BEAT)))
                        .isEqualTo(BEAT);
            }
        }

        assertThat(registry.subjects())
                .containsOnlyKeys(
                        "faultprint.logs-io.faultprint.event.LogEvent",
                        "faultprint.logs-io.faultprint.event.Heartbeat",
                        "io.faultprint.event.LogEvent",
                        "io.faultprint.event.Heartbeat",
                        "faultprint.logs-value");
    }

    private TopicSchemas open(List<Topic> written) {
        return open(registry.settings(Map.of()), written);
    }

    private static TopicSchemas open(RegistrySettings settings, List<Topic> written) {
        return TopicSchemas.open(settings, Run.MAIN, written, InstantSource.system(), new SimpleMeterRegistry());
    }

    /** All subjects of the logs; the id of the heartbeat. */
    private int registerAll() {
        registry.register(
                LOGS + "-io.faultprint.event.LogEvent",
                SchemaHistory.of("io.faultprint.event.LogEvent").get(0));
        return registry.register(LOGS + "-io.faultprint.event.Heartbeat", committed(BEAT));
    }

    private static Schema committed(SpecificRecord record) {
        List<Schema> versions = SchemaHistory.of(record.getSchema().getFullName());
        return versions.get(versions.size() - 1);
    }

    /** A heartbeat of somebody who knows one thing more. */
    private static Schema evolved() {
        return new Schema.Parser()
                .parse(committed(BEAT)
                        .toString()
                        .replace("\"fields\":[", "\"fields\":[{\"name\":\"more\",\"type\":\"int\"},"));
    }

    /** Such a heartbeat, the same as ours but for that. */
    private static byte[] wire(int id) {
        byte[] ours = AvroCodecBytes.with(id, BEAT);
        ByteBuffer bytes = ByteBuffer.allocate(ours.length + 1);
        return bytes.put(ours, 0, 5).put((byte) 2).put(ours, 5, ours.length - 5).array();
    }

    private static void hang() {
        hang(Long.MAX_VALUE);
    }

    /** A server that takes its time, until it is closed. */
    private static void hang(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed", e);
        }
    }

    /** Our bytes with another id. */
    private static final class AvroCodecBytes {
        static byte[] with(int id, SpecificRecord value) {
            byte[] bytes = AvroCodec.bundled().encode(LOGS, value);
            ByteBuffer.wrap(bytes).putInt(1, id);
            return bytes;
        }
    }
}
