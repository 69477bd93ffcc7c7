package io.faultprint.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.local.StageSettings;
import io.faultprint.local.docker.Compose.Service;
import io.faultprint.local.setup.SetupConfig;
import io.faultprint.node.Nodes;
import io.faultprint.notify.NotifyConfig;
import io.faultprint.serde.registry.RegistrySettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker-compose.yml and the Dockerfile against the code, where there is no Docker to try them: each service, variable,
 * port, path, probe and image tag is accounted for.
 */
class ComposeTest {

    private static final Path ROOT = Path.of(System.getProperty(Nodes.ROOT_PROPERTY, ""));
    private static final int ADMIN = 9464;
    private static final String REGISTRY_PATH = "/apis/ccompat/v7";
    private static final Set<String> STAGES = Set.of("ingest", "correlate", "diagnose", "notify");
    private static final Set<String> ONCE = Set.of("setup", "dashboards-install", "shop");
    private static final Set<String> SERVERS = Set.of("kafka", "registry", "opensearch", "dashboards");

    private static Compose compose;

    /** What make-passwords writes. */
    private static Map<String, String> passwords;

    @BeforeAll
    static void read(@TempDir Path directory) throws Exception {
        compose = Compose.read(ROOT.resolve("docker-compose.yml"));
        Path file = directory.resolve("passwords.env");
        Process process = new ProcessBuilder(
                        ROOT.resolve("deploy/docker/make-passwords").toString(), file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        passwords = Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void everyServiceIsAccountedFor() {
        Set<String> known = new TreeSet<>(STAGES);
        known.addAll(ONCE);
        known.addAll(SERVERS);

        assertThat(compose.services().keySet()).isEqualTo(known);
        assertThat(compose.service("shop").profiles()).containsExactly("demo");
        assertThat(compose.service("notify").profiles()).containsExactly("notify");
        assertThat(compose.services().values())
                .filteredOn(service -> !service.profiles().isEmpty())
                .hasSize(2);
    }

    @Test
    void eachStageReadsItsVariablesAndFindsTheServers() {
        IngestConfig ingest = StageSettings.read("ingest", IngestConfig.class, stage("ingest"), environment("ingest"));
        CorrelateConfig correlate =
                StageSettings.read("correlate", CorrelateConfig.class, stage("correlate"), environment("correlate"));
        DiagnoseConfig diagnose =
                StageSettings.read("diagnose", DiagnoseConfig.class, stage("diagnose"), environment("diagnose"));

        NotifyConfig notify = StageSettings.read("notify", NotifyConfig.class, stage("notify"), environment("notify"));

        for (String broker : List.of(
                notify.kafka().bootstrapServers(),
                ingest.kafka().bootstrapServers(),
                correlate.kafka().bootstrapServers(),
                diagnose.kafka().bootstrapServers())) {
            assertThat(broker).isEqualTo("kafka:" + brokerPort());
        }
        for (RegistrySettings registry :
                List.of(ingest.registry(), correlate.registry(), diagnose.registry(), notify.registry())) {
            assertRegistry(registry);
        }
        assertThat(notify.targets()).containsOnlyKeys("pager");
        assertReaches(diagnose.opensearch().url(), "opensearch", 9200);
        assertThat(diagnose.opensearch().username()).isEqualTo("admin");
        assertThat(diagnose.opensearch().password()).isEqualTo(passwords.get("OPENSEARCH_INITIAL_ADMIN_PASSWORD"));
        assertThat(ingest.redact().key()).isEqualTo(diagnose.redact().key()).isNotEqualTo("faultprint-local-mode-key");
        assertThat(ingest.http().host()).isEqualTo("0.0.0.0");
        assertThat(compose.service("ingest").containerPorts())
                .containsExactly(ingest.http().port());
        assertKept("ingest", ingest.state().dir());
        assertKept("correlate", correlate.streams().stateDir());
    }

    @Test
    void setupReachesTheSameServersAsTheStages() {
        Service setup = compose.service("setup");
        SetupConfig config = StageSettings.read(
                "setup",
                SetupConfig.class,
                setup.command().subList(1, setup.command().size()),
                environment("setup"));

        assertThat(setup.command().get(0)).isEqualTo("setup");
        assertRegistry(config.registry());
        assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:" + brokerPort());
        assertReaches(config.opensearch().url(), "opensearch", 9200);
        assertThat(config.opensearch().username()).isEqualTo("admin");
        assertThat(config.opensearch().password()).isEqualTo(passwords.get("OPENSEARCH_INITIAL_ADMIN_PASSWORD"));
    }

    /** {@code up --wait} takes the end of a container for a failure, unless somebody waits for that end. */
    @Test
    void whatEndsIsAwaitedAndOtherwiseGoesOn() {
        Set<String> awaited = compose.services().values().stream()
                .filter(service -> service.profiles().isEmpty())
                .flatMap(service -> service.waitsFor().entrySet().stream())
                .filter(wait -> wait.getValue().equals("service_completed_successfully"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        for (Service service : compose.services().values()) {
            if (!ONCE.contains(service.name())) {
                assertThat(service.restart()).as(service.name()).isEqualTo("unless-stopped");
                assertThat(service.probe()).as(service.name()).isNotEmpty();
            } else if (service.profiles().isEmpty()) {
                assertThat(awaited).contains(service.name());
                assertThat(service.restart()).as(service.name()).isEqualTo("on-failure");
            }
        }
    }

    @Test
    void theShopPlaysAgainstIngest() {
        Service shop = compose.service("shop");

        assertThat(shop.command()).startsWith("scenario", "play");
        assertReaches(URI.create(shop.option("--to")), "ingest", 4318);
    }

    @Test
    void everyStageIsProbedAtItsAdminPortAndStartsAfterSetup() {
        for (String stage : STAGES) {
            Service service = compose.service(stage);
            String prefix = "FAULTPRINT_" + stage.toUpperCase(Locale.ROOT) + "_ADMIN_";

            assertThat(service.environment().get(prefix + "PORT")).as(stage).isEqualTo(Integer.toString(ADMIN));
            assertThat(service.environment().get(prefix + "HOST")).as(stage).isEqualTo("0.0.0.0");
            assertThat(service.probe()).as(stage).containsSubsequence("probe", "http://127.0.0.1:" + ADMIN + "/readyz");
            assertThat(service.waitsFor()).as(stage).containsEntry("setup", "service_completed_successfully");
        }
    }

    @Test
    void whoWaitsForAHealthyServiceWaitsForOneThatHasAProbe() {
        compose.services()
                .values()
                .forEach(service -> service.waitsFor().forEach((other, condition) -> {
                    Service awaited = compose.service(other);
                    if (condition.equals("service_healthy")) {
                        assertThat(awaited.probe())
                                .as(service.name() + " waits for " + other)
                                .isNotEmpty();
                    } else {
                        assertThat(condition).as(service.name()).isEqualTo("service_completed_successfully");
                        assertThat(ONCE).as(service.name()).contains(other);
                    }
                }));
    }

    @Test
    void everyVariableIsReadBySomebody() {
        Set<String> read = new TreeSet<>(Set.of("OPENSEARCH_INITIAL_ADMIN_PASSWORD", "OPENSEARCH_PASSWORD"));
        for (Service service : compose.services().values()) {
            service.environment().keySet().stream()
                    .filter(name -> name.startsWith("FAULTPRINT_"))
                    .forEach(name -> assertThat(name)
                            .as(service.name())
                            .startsWith("FAULTPRINT_" + service.name().toUpperCase(Locale.ROOT) + "_"));
        }
        for (String owner : List.of("SETUP", "INGEST", "DIAGNOSE", "DASHBOARDS")) {
            passwords.keySet().stream()
                    .filter(name -> name.startsWith("FAULTPRINT_" + owner + "_"))
                    .forEach(read::add);
        }

        assertThat(passwords.keySet()).isEqualTo(read);
        // Who is told a password by the file takes the file that make-passwords writes.
        Stream.concat(STAGES.stream(), Stream.of("setup", "dashboards-install", "opensearch", "dashboards"))
                .forEach(name -> assertThat(compose.service(name).environmentFile())
                        .as(name)
                        .isEqualTo("deploy/docker/passwords.env"));
    }

    /** With the broker's own code: an unknown name, a wrong value or a listener without its protocol is refused. */
    @Test
    void kafkaTakesItsSettings(@TempDir Path directory) throws Exception {
        // The broker's jars bring a logging configuration that takes its file from here.
        System.setProperty("faultprint.node.log", directory.resolve("node.log").toString());
        Map<String, String> settings = new HashMap<>();
        compose.service("kafka").environment().forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                // As the image's own start script does it.
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        try (URLClassLoader server = kafkaServer()) {
            Class<?> config = server.loadClass("kafka.server.KafkaConfig");
            Object names = config.getMethod("configNames").invoke(null);

            assertThat(names.toString().split("[\\s,()\\[\\]]+"))
                    .contains(settings.keySet().toArray(String[]::new));
            config.getConstructor(Map.class, boolean.class).newInstance(settings, false);
        }
        assertThat(settings.get("auto.create.topics.enable")).isEqualTo("false");
        assertKept("kafka", Path.of(settings.getOrDefault("log.dirs", "")));
    }

    @Test
    void imagesHaveTheVersionsThatAreBuiltAndTestedAgainst() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));

        assertThat(compose.service("kafka").tag()).isEqualTo(property(parent, "kafka.version"));
        assertThat(compose.service("opensearch").tag())
                .isEqualTo(compose.service("dashboards").tag())
                .startsWith(
                        property(Files.readString(ROOT.resolve("deploy/opensearch-node/pom.xml")), "opensearch.version")
                                        .replaceFirst("\\.\\d+$", "")
                                + ".");
        for (String ours :
                List.of("setup", "ingest", "correlate", "diagnose", "notify", "shop", "dashboards-install")) {
            assertThat(compose.service(ours).tag())
                    .isEqualTo(parent.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1"));
        }
        assertThat(compose.services().values())
                .noneMatch(service -> service.tag().equals("latest"));
    }

    @Test
    void volumesAreDeclaredAndUsed() {
        Set<String> used = compose.services().values().stream()
                .flatMap(service -> service.volumes().stream())
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> files = used.stream().filter(name -> name.startsWith("./")).collect(Collectors.toSet());
        used.removeAll(files);

        assertThat(used).isEqualTo(new TreeSet<>(compose.volumes().keySet()));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).isRegularFile());
    }

    @Test
    void portsAreOpenOnThisMachineAlone() {
        assertThat(compose.services().values())
                .flatExtracting(Service::ports)
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void theImageHoldsWhatTheBuildMakesAndRunsAsNobody() throws IOException {
        String image = Files.readString(ROOT.resolve("deploy/docker/Dockerfile"));
        String pom = Files.readString(ROOT.resolve("deploy/local/pom.xml"));
        String jar = pom.replaceFirst("(?s).*<finalName>([^<]+)</finalName>.*", "$1") + ".jar";

        assertThat(image).contains("COPY --from=build /src/deploy/local/target/lib /opt/faultprint/lib");
        assertThat(pom).contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>");
        assertThat(image).contains("\"-jar\", \"/opt/faultprint/lib/" + jar + "\"");
        assertThat(image).containsPattern("(?m)^USER [1-9]\\d*$");
        assertThat(image).contains("EXPOSE 4318 " + ADMIN);
        assertThat(image).containsPattern("FROM eclipse-temurin:17\\.[\\d._]+-jre");
        assertThat(image).containsPattern("FROM maven:3\\.\\d+\\.\\d+-eclipse-temurin-17 AS build");
        for (String stage : STAGES) {
            assertThat(compose.service(stage).probe()).contains("/opt/faultprint/lib/" + jar);
        }
    }

    private static List<String> stage(String name) {
        List<String> command = compose.service(name).command();
        assertThat(command).startsWith("run", name);
        return command.subList(2, command.size());
    }

    private static Map<String, String> environment(String service) {
        Map<String, String> all = new TreeMap<>(passwords);
        all.putAll(compose.service(service).environment());
        return all;
    }

    private static void assertRegistry(RegistrySettings registry) {
        assertThat(registry.url()).singleElement().satisfies(url -> {
            assertReaches(url, "registry", 8080);
            assertThat(url.getPath()).isEqualTo(REGISTRY_PATH);
        });
    }

    private static void assertReaches(URI url, String service, int port) {
        assertThat(url.getHost()).isEqualTo(service);
        assertThat(url.getPort()).isEqualTo(port);
        assertThat(compose.services()).containsKey(service);
    }

    /** A place that a restart must not empty lies on a volume. */
    private static void assertKept(String service, Path place) {
        assertThat(compose.service(service).volumes())
                .as(service + " " + place)
                .anyMatch(volume -> place.startsWith(volume.substring(volume.indexOf(':') + 1)));
    }

    private static int brokerPort() {
        Matcher listener = Pattern.compile("PLAINTEXT://kafka:(\\d+)")
                .matcher(compose.service("kafka").environment().getOrDefault("KAFKA_ADVERTISED_LISTENERS", ""));
        assertThat(listener.find()).isTrue();
        return Integer.parseInt(listener.group(1));
    }

    private static String property(String pom, String name) {
        Matcher found = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static URLClassLoader kafkaServer() throws IOException {
        List<URL> jars = new ArrayList<>();
        File[] files = ROOT.resolve("deploy/kafka-node/target/lib").toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            jars.add(file.toURI().toURL());
        }
        assertThat(jars).as("jars of deploy/kafka-node").isNotEmpty();
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
