package io.faultprint.local;

import io.faultprint.node.NodeStartException;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: which command, and how mistakes and failures are told. */
final class Cli {

    @Command(
            name = "faultprint",
            description =
                    "Reads the logs, metrics, traces and changes of a running system, and says what is failing, whether it was"
                            + " seen before, and where it likely started.%n",
            footer = {"", "faultprint COMMAND --help shows what a command takes."})
    static final class Root {}

    private final Terminal terminal;

    Cli(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(String... args) {
        CommandLine root = new CommandLine(new Root())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new UpCommand(terminal))
                .addSubcommand(new WatchCommand(terminal))
                .addSubcommand(settings(new SetupCommand(terminal, System.getenv())))
                .addSubcommand(rest(new RunCommand()))
                .addSubcommand(new CommandLine(new IngestCommand(terminal)).addSubcommand(new PreviewCommand(terminal)))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new StatusCommand(terminal, System.getenv()))
                .addSubcommand(new DeterminismCommand(terminal))
                .addSubcommand(new IncidentsCommand(terminal, System.getenv()))
                .addSubcommand(new IncidentCommand(terminal, System.getenv()))
                .addSubcommand(new CommandLine(new DeadLettersCommand(terminal))
                        .addSubcommand(new LettersListCommand(terminal))
                        .addSubcommand(new LettersShowCommand(terminal))
                        .addSubcommand(new LettersRedriveCommand(terminal)))
                .addSubcommand(new CommandLine(new DashboardsCommand())
                        .addSubcommand(new DashboardsInstallCommand(terminal, System.getenv()))
                        .addSubcommand(new DashboardsExportCommand(terminal)))
                .addSubcommand(new SignaturesCommand(terminal))
                .addSubcommand(rest(new ScenarioCommand()))
                .addSubcommand(new CommandLine(new EvaluateCommand())
                        .addSubcommand(new EvaluateIncidentsCommand(terminal))
                        .addSubcommand(new EvaluateClustersCommand(terminal))
                        .addSubcommand(new EvaluateSurprisesCommand(terminal))
                        .addSubcommand(new EvaluateDiagnosisCommand(terminal))
                        .addSubcommand(new EvaluateGroupingCommand(terminal)))
                .addSubcommand(new ChaosCommand(terminal))
                .addSubcommand(new BenchmarkCommand(terminal))
                .addSubcommand(new ProbeCommand(terminal))
                .addSubcommand(new PrepareCommand());
        root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.style().colour() ? Ansi.ON : Ansi.OFF));
        root.setParameterExceptionHandler((mistake, given) -> complain(mistake));
        root.setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
        root.setUsageHelpWidth(terminal.style().width());
        addHelp(root);
        if (args.length == 0) {
            root.usage(terminal.out());
            return ExitCode.USAGE;
        }
        return root.execute(args);
    }

    /** A command whose arguments, from the first word on, belong to somebody else. */
    private static CommandLine rest(Object command) {
        return new CommandLine(command).setStopAtPositional(true);
    }

    /** A command that takes a stage's settings among its own options. */
    private static CommandLine settings(Object command) {
        return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
    }

    private static void addHelp(CommandLine command) {
        command.getSubcommands().values().forEach(Cli::addHelp);
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("This text.")
                        .build());
    }

    private int complain(ParameterException mistake) {
        say(mistake.getCommandLine(), problem(mistake));
        return ExitCode.USAGE;
    }

    private int fail(Exception failure, CommandLine command) {
        if (failure instanceof UsageError || failure instanceof NodeStartException) {
            say(command, String.valueOf(failure.getMessage()));
            boolean usage = !(failure instanceof NodeStartException node) || node.refused();
            return usage ? ExitCode.USAGE : ExitCode.FAILURE;
        }
        if (failure instanceof Unreachable) {
            say(command, String.valueOf(failure.getMessage()));
            return ExitCode.FAILURE;
        }
        LoggerFactory.getLogger(Cli.class).error("{} failed", command.getCommandName(), failure);
        say(command, "failed: " + failure);
        return ExitCode.FAILURE;
    }

    private void say(CommandLine command, String message) {
        String who = command.getCommandSpec().qualifiedName();
        message.lines().forEach(line -> terminal.trouble(who + ": " + line));
    }

    /** Names the thing, the value and the mend. */
    private static String problem(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), command);
        }
        if (mistake instanceof MissingParameterException missing) {
            String names = missing.getMissing().stream()
                    .map(spec ->
                            spec.isOption() ? ((CommandLine.Model.OptionSpec) spec).longestName() : spec.paramLabel())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("something");
            boolean option = missing.getMissing().get(0).isOption()
                    && !String.valueOf(missing.getMessage()).startsWith("Missing required option");
            return names + (option ? ": needs a value" : ": missing") + hint(command);
        }
        if (mistake.getArgSpec() instanceof CommandLine.Model.OptionSpec option && mistake.getValue() != null) {
            return option.longestName() + " " + mistake.getValue() + ": must be " + kind(option) + hint(command);
        }
        return mistake.getMessage() + hint(command);
    }

    private static String unknown(String word, CommandLine command) {
        TreeSet<String> known = new TreeSet<>(command.getSubcommands().keySet());
        known.addAll(command.getCommandSpec().optionsMap().keySet());
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        String near = Spelling.nearest(name, known)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse(hint(command));
        String what = word.startsWith("-")
                ? "unknown option"
                : command.getParent() == null ? "unknown command" : "unexpected argument";
        return name + ": " + what + near;
    }

    private static String kind(CommandLine.Model.OptionSpec option) {
        Class<?> type = option.type();
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        return "a " + option.paramLabel();
    }

    private static String hint(CommandLine command) {
        return "; " + String.join(" ", List.of(command.getCommandSpec().qualifiedName(), "--help"))
                + " shows what it takes";
    }
}
