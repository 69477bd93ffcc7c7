package io.faultprint.local;

import io.faultprint.local.data.Addresses;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.pulse.Instances;
import io.faultprint.local.pulse.PulseTable;
import io.faultprint.local.pulse.RunReader;
import io.faultprint.local.pulse.Verdict;
import io.faultprint.local.show.Times;
import io.faultprint.pulse.PulseState;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.topic.BrokerTrouble;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        header = "Whether Faultprint itself sees, instance by instance; exit code 0 only when all of it does.",
        description =
                "%nReads the pulses of the Faultprint that runs on the data directory, or of any run on a Kafka of yours. A stage"
                        + " that has fallen silent is an alarm too. Exit code 1: it is blind, or catching up.%n")
final class StatusCommand implements Callable<Integer> {

    private static final Duration HOUR = Duration.ofHours(1);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "A broker of yours, instead of --data.")
    private String kafka = "";

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--prefix", paramLabel = "NAME", description = "run.prefix (default ${DEFAULT-VALUE}).")
    private String prefix = Run.MAIN.prefix();

    @Option(names = "--run", paramLabel = "RUN", description = "run.id; without it, the long-lived run.")
    private String run = "";

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final InstantSource clock;

    StatusCommand(Terminal terminal, Map<String, String> environment) {
        this(terminal, environment, Clock.systemUTC());
    }

    StatusCommand(Terminal terminal, Map<String, String> environment, InstantSource clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Run asked = run();
        Map<String, String> properties = properties();
        String broker = broker();
        if (broker.isEmpty()) {
            terminal.line("Faultprint does not run on "
                    + DataDirectory.at(data.root()).root() + ": it is blind.");
            return ExitCode.FAILURE;
        }
        try (TopicSchemas schemas = registry.open();
                RunReader reader = new RunReader(broker, properties, asked)) {
            return tell(reader, schemas, asked, broker);
        } catch (TimeoutException away) {
            terminal.line("Kafka at " + broker + " does not answer: Faultprint is blind.");
            return ExitCode.FAILURE;
        } catch (KafkaException wrong) {
            throw BrokerTrouble.of("--kafka " + broker, wrong);
        }
    }

    private int tell(RunReader reader, TopicSchemas schemas, Run asked, String broker) {
        Optional<Instances> instances = reader.instances(schemas.codec());
        if (instances.isEmpty()) {
            throw new UsageError("topic " + asked.topic(Topics.PULSE.name()) + ": not there on " + broker
                    + "; start the stages, or give another --run or --prefix");
        }
        if (!reader.unread().isEmpty()) {
            terminal.line("Some pulses cannot be read: " + reader.unread()
                    + " (stages that use a schema registry need --registry URL here).");
        }
        long now = clock.millis();
        Verdict verdict = instances.get().judge(now);
        terminal.lines(new PulseTable(new Times(ZoneId.systemDefault())).lines(verdict, now, terminal.style()));
        terminal.line("In the last hour: " + count(reader, Topics.LATE, now) + " late, "
                + count(reader, Topics.DEAD_LETTERS, now) + " dead letters.");
        terminal.line(
                verdict.sees()
                        ? "Faultprint sees."
                        : verdict.state() == PulseState.CATCHING_UP
                                ? "Faultprint is catching up: it sees, but not up to now."
                                : "Faultprint is blind: " + String.join("; ", verdict.why()) + ".");
        return verdict.sees() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static String count(RunReader reader, Topic topic, long now) {
        OptionalLong count = reader.since(topic, now - HOUR.toMillis());
        return count.isPresent() ? Long.toString(count.getAsLong()) : "very many";
    }

    private Run run() {
        try {
            return new Run(prefix, run);
        } catch (IllegalArgumentException wrong) {
            String name = wrong.getMessage() != null && wrong.getMessage().startsWith("prefix")
                    ? "--prefix " + prefix
                    : "--run " + run;
            throw new UsageError(name + ": use lower-case letters, digits and dashes", wrong);
        }
    }

    /** Of a broker on the data directory none: it asks for nothing. */
    private Map<String, String> properties() {
        if (kafka.isBlank()) {
            if (client.given()) {
                throw new UsageError(client.flag() + ": is for a Kafka of yours; name it with --kafka HOST:PORT");
            }
            return Map.of();
        }
        return client.all(environment);
    }

    /** Empty when nothing runs on the data directory. */
    private String broker() {
        if (!kafka.isBlank()) {
            return kafka;
        }
        DataDirectory directory = DataDirectory.at(data.root());
        if (!directory.exists()) {
            throw new UsageError("--data " + directory.root()
                    + ": Faultprint has kept nothing here; start it with faultprint up, or give --kafka");
        }
        Addresses running = directory.running();
        return running == null ? "" : running.kafka();
    }
}
