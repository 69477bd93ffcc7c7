package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.DiagnoseStage;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.local.setup.Certificates;
import io.faultprint.local.setup.DocumentedRights;
import io.faultprint.local.setup.LockedBroker;
import io.faultprint.local.setup.TopicsThere;
import io.faultprint.node.NodePair;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.notify.NotifyConfig;
import io.faultprint.notify.NotifyStage;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Stage;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.BundledSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Kafka that asks for client certificates, a login and rights, and an OpenSearch: {@code setup} makes what is needed,
 * then each stage works as a principal with the rights that the documentation lists, which create nothing.
 */
class OwnServersIT {

    private static final String PREFIX = "acme";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static LockedBroker locked;
    private static NodePair nodes;
    private static NodeProcess registry;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void servers() throws Exception {
        locked = new LockedBroker(Certificates.make(directory.resolve("certificates")));
        Nodes here = Nodes.here();
        registry = NodeProcess.launch(here.registrySpec(directory.resolve("registry")));
        nodes = NodePair.start(
                locked.lock(here.kafkaSpec(directory.resolve("kafka"))),
                here.openSearchSpec(directory.resolve("opensearch")));
        locked.grant(nodes.kafka().address(), DocumentedRights.read(PREFIX).bindings());
        locked.grant(nodes.kafka().address(), DocumentedRights.read("past").bindings());
        registry.awaitReady();
    }

    @AfterAll
    static void end() {
        nodes.close();
        registry.close();
    }

    @Test
    void afterSetupTheStagesCreateNothing() throws Exception {
        ThrowingCallable tooEarly = () -> start(ingest());
        assertThatIsUsage(tooEarly, "topic acme.logs: not there; create the topics first (faultprint setup)");

        Command dry = setup("--dry-run");

        assertThat(dry.err()).isEmpty();
        assertThat(dry.code()).isEqualTo(ExitCode.OK);
        assertThat(dry.out())
                .contains("missing   topic      acme.logs")
                .contains("missing   changelog  acme-signals-services-windows-changelog")
                .contains("missing   subject    acme.logs-io.faultprint.event.LogEvent")
                .contains("missing   template   acme-snapshots")
                .contains("missing   alias      acme-incidents")
                .contains("nothing was created");
        assertThat(there().names(PREFIX)).isEmpty();

        Command made = setup();

        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isEqualTo(ExitCode.OK);
        assertThat(setup("--dry-run").out()).contains("Nothing is missing.").doesNotContain("missing ");
        Set<String> created = there().names(PREFIX);
        assertThat(created).hasSize((int)
                dry.out().lines().filter(line -> line.contains("partition")).count());
        theStagesWork();
        assertThat(there().schemaIds(PREFIX + ".")).isNotEmpty().noneMatch(BundledSchemas::isBundled);
        assertThat(there().names(PREFIX)).isEqualTo(created);
        statusAndIncidentsAreRead();
        assertThat(indices())
                .filteredOn(index -> index.startsWith(PREFIX))
                .isNotEmpty()
                .allMatch(index -> index.matches("acme-\\w+-v1|acme-[a-z-]+-\\d{4}\\.\\d\\d\\.\\d\\d"));

        Command other = setup("--partitions.events=7");

        assertThat(other.code()).isEqualTo(ExitCode.USAGE);
        assertThat(other.out()).contains("conflict  topic      acme.logs").contains("7 partitions, but it has 4");
        assertThat(there().names(PREFIX)).isEqualTo(created);
    }

    private void theStagesWork() throws Exception {
        IngestStage ingest = ingest();
        try (ingest;
                CorrelateStage correlate = new CorrelateStage(
                        config("correlate", CorrelateConfig.class, "--streams.state-dir=" + directory.resolve("state")),
                        new SimpleMeterRegistry());
                DiagnoseStage diagnose =
                        new DiagnoseStage(config("diagnose", DiagnoseConfig.class), new SimpleMeterRegistry());
                NotifyStage tell = new NotifyStage(
                        config(
                                "notify",
                                NotifyConfig.class,
                                "--targets.pager.url=http://127.0.0.1:1/",
                                "--targets.pager.form=json"),
                        new SimpleMeterRegistry())) {
            List<Stage> all = List.of(tell, diagnose, correlate, ingest);
            for (Stage stage : all) {
                stage.start();
            }
            post(ingest.port());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(count("acme-snapshots-*")).isPositive());
            for (Stage stage : all) {
                assertThat(stage.check().ready()).as(stage.check().detail()).isTrue();
            }
        }
    }

    /** The stages are stopped by now, which status finds and says; it is not refused. */
    private static void statusAndIncidentsAreRead() throws Exception {
        Path file = directory.resolve("client.properties");
        Properties client = new Properties();
        client.putAll(locked.client("watcher"));
        try (Writer writer = Files.newBufferedWriter(file)) {
            client.store(writer, null);
        }
        Command status = Command.run(
                "status",
                "--kafka",
                nodes.kafka().address(),
                "--kafka-config",
                file.toString(),
                "--prefix",
                PREFIX,
                "--registry",
                "http://" + registry.address() + "/apis/ccompat/v7");
        assertThat(status.err()).isEmpty();
        assertThat(status.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(status.out()).contains("stopped").contains("no ingest runs");

        Command incidents = Command.run(
                "incidents", "--opensearch", "http://" + nodes.openSearch().address(), "--prefix", PREFIX);
        assertThat(incidents.err()).isEmpty();
        assertThat(incidents.code()).isEqualTo(ExitCode.OK);
        Command nothing = Command.run(
                "incidents", "--opensearch", "http://" + nodes.openSearch().address(), "--prefix", "acne");
        assertThat(nothing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err()).contains("there is no index acne-incidents; give another --prefix or --run");
    }

    @Test
    void whatIsRefusedNamesTheRealCause() {
        List<String> wrong = new ArrayList<>(List.of(as("setup", "setup", "--dry-run")));
        wrong.replaceAll(argument -> argument.replace("password=\"", "password=\"not-"));
        Command login = Command.run(wrong.toArray(String[]::new));
        Command right = Command.run(as("watcher", "setup", "--prefix", "elsewhere"));

        assertThat(login.code()).isEqualTo(ExitCode.USAGE);
        assertThat(login.err()).contains("the broker refuses the login", "sasl.jaas.config");
        assertThat(right.code()).isEqualTo(ExitCode.USAGE);
        assertThat(right.err()).contains("this principal may not do that (topic elsewhere.", "OWN-SERVERS.md");
    }

    @Test
    void changelogsOfSetupAreWhatKafkaStreamsWouldHaveMade() throws Exception {
        Command made = Command.run(as("admin", "setup", "--prefix", "made"));
        assertThat(made.code()).as(made.err()).isEqualTo(ExitCode.OK);
        // The topics alone: Streams makes the rest itself.
        Command.run(as("admin", "setup", "--prefix", "left"));
        try (Admin admin = there().admin()) {
            admin.deleteTopics(there().names("left-")).all().get();
            CorrelateConfig config = new ConfigLoader("correlate", List.of(CorrelateConfig.class))
                    .load(
                            flags(
                                    "correlate",
                                    "admin",
                                    "--run.prefix=left",
                                    "--streams.state-dir=" + directory.resolve("left")),
                            Map.of())
                    .get(CorrelateConfig.class);
            try (CorrelateStage correlate = new CorrelateStage(config, new SimpleMeterRegistry())) {
                correlate.start();
                await().atMost(PATIENCE).until(() -> correlate.check().ready());
            }

            Map<String, Map<String, String>> ours = there().shapes("made-");
            Map<String, Map<String, String>> theirs = there().shapes("left-");

            assertThat(theirs).isNotEmpty();
            assertThat(ours).isEqualTo(theirs);
        }
    }

    @Test
    void aReplayRunsOnThemAsARunOfItsOwn() throws Exception {
        Path recording = Recordings.calmMinute(directory.resolve("shop"));

        Command replay = Command.run(as(
                "replay",
                "replay",
                recording.toString(),
                "--data",
                directory.resolve("replay").toString(),
                "--prefix",
                "past"));

        assertThat(replay.err()).isEmpty();
        assertThat(replay.code()).isEqualTo(ExitCode.OK);
        assertThat(replay.out()).contains("Where every event went:").doesNotContain("DOES NOT HOLD");
        assertThat(there().names("past")).anyMatch(name -> name.matches("past\\.replay-\\d+-\\d+\\.logs"));
        assertThat(there().schemaIds("past.replay-")).isNotEmpty().noneMatch(BundledSchemas::isBundled);
        assertThat(indices()).anyMatch(name -> name.startsWith("past-replay-"));
    }

    private static Command setup(String... more) {
        List<String> all = new ArrayList<>(List.of("setup", "--prefix", PREFIX));
        all.addAll(List.of(more));
        return Command.run(as("setup", all.toArray(String[]::new)));
    }

    /** The command with both servers, as this principal. */
    private static String[] as(String principal, String... command) {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        all.addAll(servers(principal));
        return all.toArray(String[]::new);
    }

    private static List<String> servers(String principal) {
        List<String> all = new ArrayList<>(List.of(
                "--kafka",
                nodes.kafka().address(),
                "--opensearch",
                "http://" + nodes.openSearch().address(),
                "--registry",
                "http://" + registry.address() + "/apis/ccompat/v7"));
        all.addAll(locked.arguments(principal));
        return all;
    }

    private static IngestStage ingest() {
        return new IngestStage(
                config("ingest", IngestConfig.class, "--http.port=0", "--state.dir=" + directory.resolve("ingest")),
                new SimpleMeterRegistry());
    }

    /** As {@code run STAGE} reads it, for the stage's principal. */
    private static <C extends Record> C config(String stage, Class<C> type, String... more) {
        List<String> all = new ArrayList<>(List.of("--run.prefix=" + PREFIX));
        if (type != NotifyConfig.class) {
            all.addAll(List.of("--window.size=1s", "--window.lateness=1s"));
        }
        all.addAll(List.of(more));
        return new ConfigLoader(stage, List.of(type))
                .load(flags(stage, stage, all.toArray(String[]::new)), Map.of())
                .get(type);
    }

    private static List<String> flags(String stage, String principal, String... more) {
        List<String> all = new ArrayList<>(servers(principal));
        all.addAll(List.of(more));
        return List.of(StageArguments.of(stage, all, Map.of()));
    }

    private static void start(Stage stage) {
        try (stage) {
            stage.start();
        }
    }

    private static void assertThatIsUsage(ThrowingCallable call, String message) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(call))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith(message);
    }

    private void post(int port) throws Exception {
        String nanos = Instant.now().toEpochMilli() + "000000";
        String body = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
                "scopeLogs":[{"logRecords":[{"timeUnixNano":"%s","body":{"stringValue":"ready"}}]}]}]}
                """.formatted(nanos);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/logs"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private long count(String index) throws Exception {
        String answer = get("/" + index + "/_count?ignore_unavailable=true");
        return Long.parseLong(answer.replaceFirst("(?s).*\"count\":(\\d+).*", "$1"));
    }

    private List<String> indices() throws Exception {
        return get("/_cat/indices?h=index").lines().toList();
    }

    /** Fails as an assertion, so that it can be awaited: an index whose shards are not yet assigned answers 503. */
    private String get(String path) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + nodes.openSearch().address() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static TopicsThere there() {
        Map<String, Object> client = new HashMap<>(locked.client("admin"));
        client.put("bootstrap.servers", nodes.kafka().address());
        return new TopicsThere(client);
    }
}
