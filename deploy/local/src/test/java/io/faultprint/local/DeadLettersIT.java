package io.faultprint.local;

import static io.faultprint.local.LettersBench.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.letter.Letter;
import io.faultprint.local.up.TopicFollower;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters on a real broker: listed, shown, and sent again once, whoever does it and however often. */
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static NodeProcess kafka;
    private LettersBench bench;

    @BeforeAll
    static void broker() {
        kafka = Nodes.kafka(directory.resolve("kafka"));
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @BeforeEach
    void open() {
        bench = new LettersBench(kafka.address(), "letters-" + RUNS.incrementAndGet());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whatSignalsRefusesGoesBackOnceAndComesBackAsTheSecondTime() throws Exception {
        Map<String, String> settings = new HashMap<>(bench.settings());
        settings.put("streams.state-dir", directory.resolve("streams").toString());
        try (CorrelateStage stage =
                new CorrelateStage(ConfigLoader.of(CorrelateConfig.class, settings), new SimpleMeterRegistry())) {
            stage.start();
            byte[] poison = "not avro at all".getBytes(UTF_8);
            bench.put("logs", 1, "prod/web", poison, Map.of("sender", "me"));
            await().atMost(SOON).until(() -> bench.read("dead-letters").size() == 1);
            ConsumerRecord<byte[], byte[]> letter = bench.read("dead-letters").get(0);
            String id = letter.partition() + "-" + letter.offset();

            Command list = bench.letters();
            Command show = bench.letters("show", id);
            Command dry = bench.letters("redrive", id, "--dry-run");
            Command first = bench.letters("redrive", id);
            Command second = bench.letters("redrive", id);

            assertThat(list.code()).isEqualTo(ExitCode.OK);
            assertThat(list.out()).contains(id, "signals", "MALFORMED", "logs-1@0", "prod/web", "15 B");
            assertThat(list.out()).contains("1 in dead-letters: signals MALFORMED 1");
            assertThat(show.out())
                    .contains(
                            "not in the Confluent wire format", "logs-1@0", "|not avro".substring(1), "redrive " + id);
            assertThat(dry.out()).contains("would go to", "1 would be sent");
            assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.OK);
            assertThat(first.out()).contains("sent to " + bench.run.topic("logs") + "-1", "1 sent");
            assertThat(second.code()).isEqualTo(ExitCode.OK);
            assertThat(second.out()).contains("was sent before", "0 sent, 1 left as they are");
            assertThat(bench.redriven("logs")).singleElement().satisfies(record -> {
                assertThat(record.partition()).isEqualTo(1);
                assertThat(record.key()).isEqualTo("prod/web".getBytes(UTF_8));
                assertThat(record.value()).isEqualTo(poison);
                assertThat(header(record, "sender")).isEqualTo("me");
                assertThat(header(record, Letter.REDRIVEN_FROM)).isEqualTo(id);
                assertThat(header(record, Letter.REDRIVEN_COUNT)).isEqualTo("1");
            });
            // The letter, its mark, and the letter that came back.
            await().atMost(SOON).until(() -> bench.read("dead-letters").size() == 3);
            assertThat(bench.letters("--json").out().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.contains("\"redrivenFrom\":\"" + id + "\",\"redrivenCount\":1,\"sent\":0"))
                    .anyMatch(line -> line.contains("\"redrivenFrom\":null,\"redrivenCount\":0,\"sent\":1"));
            assertThat(bench.letters().out()).contains("×2");
        }
    }

    @Test
    void whatTheDoorRefusesIsPostedAgainAsAWholeRequest() throws Exception {
        Map<String, String> settings = new HashMap<>(bench.settings());
        settings.put("http.port", "0");
        settings.put("state.dir", directory.resolve("ingest").toString());
        try (IngestStage ingest =
                new IngestStage(ConfigLoader.of(IngestConfig.class, settings), new SimpleMeterRegistry())) {
            ingest.start();
            String door = "http://127.0.0.1:" + ingest.port();
            String json = "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                    + "{\"stringValue\":\"web\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"soon\"}]}]}]}";
            LettersBench.post(ingest.port(), "/v1/logs", "application/json", json.getBytes(UTF_8));
            LettersBench.post(ingest.port(), "/v1/logs", "application/json", "{\"resourceLogs\":[{".getBytes(UTF_8));
            await().atMost(SOON).until(() -> bench.read("dead-letters").size() == 2);
            String id =
                    idOf(bench.letters("--cause", "MALFORMED_RECORD", "--json").out());

            Command show = bench.letters("show", id);
            Command noDoor = bench.letters("redrive", id);
            Command nobody = bench.letters("redrive", id, "--door", "http://127.0.0.1:1");
            Command sent = bench.letters("redrive", id, "--door", door);
            Command twice = bench.letters("redrive", id, "--door", door);
            Command all = bench.letters("redrive", "--all", "--door", door);

            assertThat(show.out()).contains("POST /v1/logs", "\"timeUnixNano\" : \"soon\"", "service.name", "redrive");
            assertThat(noDoor.code()).isEqualTo(ExitCode.FAILURE);
            assertThat(noDoor.out()).contains("no door is known");
            assertThat(nobody.code()).isEqualTo(ExitCode.FAILURE);
            assertThat(nobody.out()).contains("no door answers at http://127.0.0.1:1");
            assertThat(sent.code()).as(sent.out() + sent.err()).isEqualTo(ExitCode.OK);
            assertThat(sent.out()).contains("refused it again");
            assertThat(twice.out()).contains("was sent before");
            assertThat(all.code()).as(all.out()).isEqualTo(ExitCode.OK);
            // The one that came back goes again as well, and the body that cannot be read.
            assertThat(all.out()).contains("2 sent, 1 left as they are");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    bench.letters("--json").out().lines())
                            .hasSize(5)
                            .anyMatch(line -> line.contains("\"redrivenFrom\":\"" + id + "\",\"redrivenCount\":1"))
                            .anyMatch(line -> line.contains("\"redrivenCount\":2")));
        }
    }

    @Test
    void twoAtOnceAndOneThatDiedHalfWaySendEachLetterOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            bench.letter("logs", i % 2, i, "prod/web", ("poison " + i).getBytes(UTF_8));
        }
        // As one that was killed between its records and its commit.
        KafkaProducer<byte[], byte[]> dead = new KafkaProducer<>(
                Map.of("bootstrap.servers", bench.address, "transactional.id", bench.run.application("redrive")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        dead.initTransactions();
        dead.beginTransaction();
        RecordHeaders headers = new RecordHeaders();
        Letter.add(headers, Letter.REDRIVEN_FROM, "0-0");
        var unused =
                dead.send(new ProducerRecord<>(bench.run.topic("logs"), 0, (byte[]) null, new byte[] {1}, headers));
        RecordHeaders mark = new RecordHeaders();
        Letter.add(mark, Letter.MARK, "0-0");
        Letter.add(mark, Letter.MARK_STATE, "sent");
        var unmarked =
                dead.send(new ProducerRecord<>(bench.run.topic("dead-letters"), 0, (byte[]) null, (byte[]) null, mark));
        dead.flush();

        CompletableFuture<Command> one = CompletableFuture.supplyAsync(() -> bench.letters("redrive", "--all"));
        CompletableFuture<Command> two = CompletableFuture.supplyAsync(() -> bench.letters("redrive", "--all"));
        List<Command> both = List.of(one.join(), two.join());
        Command last = bench.letters("redrive", "--all");
        dead.close(Duration.ZERO);

        assertThat(unused.isDone() && unmarked.isDone()).isTrue();
        assertThat(both).extracting(Command::code).contains(ExitCode.OK);
        assertThat(last.code()).isEqualTo(ExitCode.OK);
        assertThat(bench.redriven("logs"))
                .extracting(record -> header(record, Letter.REDRIVEN_FROM))
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLetterOfTheSameRecordAndOneThatMayHaveBeenSentAreLeftAlone() throws Exception {
        String first = bench.letter("logs", 0, 7, "prod/web", new byte[] {1});
        String same = bench.letter("logs", 0, 7, "prod/web", new byte[] {1});
        String unsure = bench.letter("logs", 0, 8, "prod/web", new byte[] {2});
        bench.put(
                "dead-letters",
                0,
                null,
                null,
                Map.of(Letter.MARK, unsure, Letter.MARK_STATE, "begun", Letter.REDRIVEN_COUNT, "1"));

        Command all = bench.letters("redrive", "--all");
        Command again = bench.letters("redrive", unsure, "--again");

        assertThat(all.out())
                .contains(
                        first + "  sent to",
                        same + "  is the same record as " + first,
                        unsure + "  may have been sent");
        assertThat(again.out()).contains("1 sent");
        assertThat(bench.redriven("logs"))
                .extracting(record -> header(record, Letter.REDRIVEN_FROM))
                .containsExactly(first, unsure);
    }

    @Test
    void whatCannotBeSentAgainSaysWhy() throws Exception {
        Map<String, String> cut = new HashMap<>(bench.headers("logs", 0, 1));
        cut.put(Letter.CUT, "4711");
        bench.put("incidents", 0, "prod/inc1-1", new byte[] {1}, Map.of());
        bench.put("incidents", 0, "prod/inc1-1", new byte[] {2}, Map.of());
        bench.put("dead-letters", 0, "k", new byte[] {1}, cut);
        bench.letter("incidents", 0, 0, "prod/inc1-1", new byte[] {1});
        bench.letter("logs", 99, 1, "k", new byte[] {1});
        bench.letter("notes", 0, 1, "k", new byte[] {1});
        bench.put("dead-letters", 0, "k", new byte[] {1}, foreign());
        bench.put("dead-letters", 0, "k", new byte[] {1}, Map.of());
        bench.put("dead-letters", 0, null, null, Map.of(Letter.STAGE, new byte[] {(byte) 0xff}, Letter.TOPIC, "x"));
        bench.put("dead-letters", 0, "k", new byte[] {1}, Map.of(Letter.PLACE, "telemetry.jsonl:17"));
        bench.put(
                "dead-letters",
                0,
                "k",
                new byte[] {1},
                Map.of(Letter.TOPIC, "snapshots", Letter.PARTITION, "-1", Letter.OFFSET, "-1"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bench.address))) {
            admin.deleteTopics(List.of(bench.run.topic("notes"))).all().get();
        }

        Command redrive = bench.letters("redrive", "--all");
        Command list = bench.letters();
        Command show = bench.letters("show", "0-0", "0-5", "0-6");

        assertThat(redrive.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(redrive.out())
                .contains("4711 bytes of it are missing")
                .contains("a later record of its key stands at " + bench.run.topic("incidents") + "-0@1")
                .contains("has 2 partitions now, and no 99")
                .contains("notes does not exist any more")
                .contains("payments, where it says that it stood, is no topic of records of this run")
                .contains("its headers name neither a topic nor a place")
                .contains("but no partition and offset there")
                .contains("it came from telemetry.jsonl:17, a recording")
                .contains("could not write it")
                .contains("0 sent, 0 left as they are, 9 cannot be sent");
        assertThat(list.code()).isEqualTo(ExitCode.OK);
        assertThat(list.out()).contains("0xff", "9 in dead-letters");
        assertThat(show.code()).as(show.err()).isEqualTo(ExitCode.OK);
        assertThat(show.out()).contains("cannot be sent again: 4711 bytes", "4,711 more were cut");
    }

    @Test
    void mistakesAreToldInOneLine() throws Exception {
        for (int i = 0; i < 3; i++) {
            bench.letter("logs", 0, i, "k", new byte[] {1});
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bench.address))) {
            TopicPartition partition = new TopicPartition(bench.run.topic("dead-letters"), 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        String topic = bench.run.topic("dead-letters");

        usage("0-77: there is no such letter; those of partition 0 end before 0-3", "show", "0-77");
        usage("1-0: there is no such letter; those of partition 1 are none", "redrive", "1-0");
        usage("9-1: " + topic + " has partitions 0 to 1 and no 9", "show", "9-1");
        usage("0-0: deleted, its retention is over; the oldest of partition 0 is 0-1", "show", "0-0");
        usage(
                "--cause MALFROMED: no letter has it; there are MALFORMED (did you mean MALFORMED?)",
                "--cause",
                "MALFROMED");
        usage("--stage diagnose: no letter has it; there are signals", "redrive", "--all", "--stage", "diagnose");
        Command noRun = Command.run("dead-letters", "--kafka", bench.address, "--run", "nowhere");
        assertThat(noRun.code()).isEqualTo(ExitCode.USAGE);
        assertThat(noRun.err())
                .contains("--run nowhere: the broker has no topic faultprint.nowhere.dead-letters; runs there: ")
                .contains("--run " + bench.run.id());
        assertThat(bench.letters("--from", "metrics").out()).contains("nothing like that among 2 in dead-letters");
        assertThat(bench.letters("--late").out()).contains("nothing in late");
    }

    @Test
    void aReaderOfTopicsPassesOverWhatIsPoisoned() throws Exception {
        AvroCodec codec = AvroCodec.bundled();
        Tick true1 = new Tick(0, LettersBench.PARTITIONS, 10_000L, true, false, List.of(), 0, 1, List.of());
        List<Tick> heard = new CopyOnWriteArrayList<>();
        try (TopicFollower follower = new TopicFollower(
                Map.of("bootstrap.servers", bench.address),
                codec,
                bench.run,
                new Partitions(LettersBench.PARTITIONS, 1),
                List.of(Topics.DIGESTS, Topics.INCIDENTS),
                (value, old) -> heard.add((Tick) value))) {
            follower.start();

            bench.put("digests", 0, "", new byte[0], Map.of());
            bench.put("digests", 0, "", null, Map.of());
            bench.put("incidents", 0, "k", new byte[] {0, 1, 2, 3, 4, 5}, Map.of());
            bench.put(
                    "digests",
                    0,
                    "",
                    codec.encode("digests", Tick.newBuilder(true1).setSource(-1).build()),
                    Map.of());
            bench.put(
                    "digests",
                    0,
                    "",
                    codec.encode("digests", Tick.newBuilder(true1).setSources(9).build()),
                    Map.of());
            bench.put("digests", 0, "", codec.encode("digests", true1), Map.of());

            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(true1));
        }
    }

    @Test
    void lateEventsBecomeARecording() throws Exception {
        LogEvent log = LogEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setEnvironment("prod")
                        .setService("web")
                        .setEventTime(1_700_000_000_000L)
                        .setDoor("door")
                        .setIndex(0)
                        .setReceivedAt(0)
                        .build())
                .setSeverityNumber(17)
                .setSeverityFrom(SeverityFrom.RECORD)
                .setBody("out of memory")
                .build();
        bench.put("late", 1, "prod/web", AvroCodec.bundled().encode("late", log), bench.headers("logs", 1, 4));
        Path file = directory.resolve("late.jsonl");

        Command redrive = bench.letters("redrive", "--all", "--late");
        Command export = bench.letters("--late", "--export", file.toString());

        assertThat(redrive.code()).isEqualTo(ExitCode.USAGE);
        assertThat(redrive.err()).contains("would be late again", "--export FILE");
        assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.OK);
        assertThat(export.out()).contains("1 events written");
        assertThat(Files.readAllLines(file))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("resourceLogs", "out of memory", "\"timeUnixNano\":\"1700000000000000000\""));
    }

    private Map<String, String> foreign() {
        Map<String, String> headers = new HashMap<>(bench.headers("logs", 0, 1));
        headers.put(Letter.TOPIC, "payments");
        return headers;
    }

    private void usage(String message, String... args) {
        Command command = bench.letters(args);
        assertThat(command.err()).contains(message);
        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
        assertThat(command.out()).isEmpty();
    }

    private static String idOf(String json) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(json);
        assertThat(id.find()).as(json).isTrue();
        return id.group(1);
    }
}
