package io.faultprint.local;

import io.faultprint.local.setup.Item;
import io.faultprint.local.setup.Setup;
import io.faultprint.local.setup.SetupConfig;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "setup",
        header = "Creates what the stages need on a Kafka and an OpenSearch of yours; the stages create nothing.",
        description =
                "%nTopics, the changelogs of Kafka Streams, the subjects of a schema registry, index templates and aliases. Safe to repeat; needed again after"
                        + " an upgrade. SETTING is --KEY=VALUE, as --partitions.events=12 --topics.replication=3"
                        + " --opensearch.username=NAME, or --config FILE; each may stand in the environment, as"
                        + " FAULTPRINT_SETUP_OPENSEARCH_PASSWORD.%n")
final class SetupCommand implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Only list what is there and what is missing.")
    private boolean dry;

    @Mixin
    private ServerOptions servers = new ServerOptions();

    @Parameters(index = "0..*", arity = "0..*", paramLabel = "SETTING", description = "--KEY=VALUE or --config FILE")
    private List<String> settings = List.of();

    private final Terminal terminal;
    private final Map<String, String> environment;

    SetupCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<String> flags = new ArrayList<>(settings);
        flags.addAll(servers.flags(environment));
        SetupConfig config = new ConfigLoader("setup", List.of(SetupConfig.class))
                .load(flags, environment)
                .get(SetupConfig.class);
        try (Setup setup = new Setup(config)) {
            List<Item> before = setup.plan();
            show(before);
            long missing = count(before, Item.State.MISSING);
            long outdated = count(before, Item.State.OUTDATED);
            if (count(before, Item.State.CONFLICT) > 0) {
                terminal.trouble(
                        "faultprint setup: what conflicts cannot be mended in place: partition counts are fixed for a run,"
                                + " a subject keeps its record, a field of an index its type; set partitions.events and partitions.incidents to what is there, or"
                                + " choose another --prefix; nothing was created");
                return ExitCode.USAGE;
            }
            if (missing + outdated == 0) {
                terminal.line("Nothing is missing.");
                return ExitCode.OK;
            }
            if (dry) {
                terminal.line(missing + " missing" + (outdated == 0 ? "" : ", " + outdated + " outdated")
                        + "; nothing was created (--dry-run).");
                return ExitCode.OK;
            }
            setup.create();
            terminal.line("Created " + missing + (outdated == 0 ? "" : ", brought up to date " + outdated)
                    + ". The stages can start.");
            return ExitCode.OK;
        }
    }

    private void show(List<Item> items) {
        int kind = items.stream().mapToInt(item -> item.kind().length()).max().orElse(0);
        int name = items.stream().mapToInt(item -> item.name().length()).max().orElse(0);
        for (Item item : items) {
            terminal.line(("%-8s  %-" + kind + "s  %-" + name + "s  %s")
                    .formatted(item.state().word(), item.kind(), item.name(), item.detail())
                    .stripTrailing());
        }
    }

    private static long count(List<Item> items, Item.State state) {
        return items.stream().filter(item -> item.state() == state).count();
    }
}
