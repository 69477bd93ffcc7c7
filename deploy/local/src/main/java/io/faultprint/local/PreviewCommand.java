package io.faultprint.local;

import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.preview.Guess;
import io.faultprint.ingest.preview.Preview;
import io.faultprint.ingest.preview.Previewer;
import io.faultprint.local.preview.Samples;
import io.faultprint.local.show.Table;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.settings.WindowSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        header = "How the records of a foreign topic map, what is wrong, and the configuration that mends it.",
        description =
                "%nReads the last records of a topic without joining a group, and commits nothing. Without --format it says which"
                        + " formats fit. Examples are redacted. Exit code 1: some records would become dead letters.%n")
final class PreviewCommand implements Callable<Integer> {

    private static final int MOST_SAMPLES = 100_000;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic to look at.")
    private String topic = "";

    @Option(names = "--kafka", required = true, paramLabel = "HOST:PORT", description = "The broker.")
    private String kafka = "";

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "A property for the Kafka client, such as security.protocol=SSL; may be repeated.")
    private Map<String, String> properties = new TreeMap<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "What the records are, instead of a guess.")
    private String format = "";

    @Option(names = "--service", paramLabel = "NAME", description = "topics.TOPIC.service, to be tried.")
    private String service = "";

    @Option(names = "--service-from", paramLabel = "FIELD,…", description = "topics.TOPIC.service-from, to be tried.")
    private String serviceFrom = "";

    @Option(names = "--samples", paramLabel = "N", description = "How many records at most (default ${DEFAULT-VALUE}).")
    private int samples = 200;

    private final Terminal terminal;

    PreviewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new UsageError("--samples " + samples + ": must be 1 to " + MOST_SAMPLES);
        }
        if (!kafka.matches("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*")) {
            throw new UsageError("--kafka " + kafka + ": must be HOST:PORT, several joined by commas");
        }
        Format asked = asked();
        Samples read;
        try (KafkaAccess access = KafkaAccess.of(kafka, properties)) {
            read = Samples.of(access.client(), topic, samples);
        } catch (KafkaException away) {
            throw new Unreachable(
                    "--kafka " + kafka + ": Kafka does not answer as it should: " + away.getMessage(), away);
        }
        if (read.records().isEmpty()) {
            terminal.line("Topic " + topic + " holds no record with a value"
                    + (read.kept() > 0 ? ", of " + read.kept() + " offsets" : "")
                    + ": there is nothing to look at yet. Start what writes it, and look again.");
            return read.valueless() > 0 ? ExitCode.FAILURE : ExitCode.OK;
        }
        terminal.line("Topic " + topic + ": looked at " + read.records().size() + " of about " + read.kept()
                + " records"
                + (read.valueless() > 0 ? "; " + read.valueless() + " more have no value and become dead letters" : "")
                + ".");
        Format format = asked == null ? guess(read.records()) : asked;
        if (format == null) {
            return ExitCode.FAILURE;
        }
        Preview preview = previewer(format).preview(read.records());
        tell(format, preview);
        return preview.refused() > 0 || read.valueless() > 0 ? ExitCode.FAILURE : ExitCode.OK;
    }

    private @Nullable Format asked() {
        if (format.isEmpty()) {
            return null;
        }
        List<String> known = Stream.of(Format.values()).map(Format::written).toList();
        return Stream.of(Format.values())
                .filter(each -> each.written().equals(format))
                .findFirst()
                .orElseThrow(() -> new UsageError("--format " + format + ": must be one of " + String.join(", ", known)
                        + Spelling.nearest(format, known)
                                .map(near -> " (did you mean " + near + "?)")
                                .orElse("")));
    }

    /** Null when nothing fits. */
    private @Nullable Format guess(List<ForeignRecord> records) {
        List<Guess.Score> scores = new Guess()
                .scores(records).stream().filter(score -> score.share() > 0).toList();
        if (scores.isEmpty()) {
            terminal.line("No format fits any of them. Name one with --format to see why it does not: "
                    + Stream.of(Format.values()).map(Format::written).collect(Collectors.joining(", ")) + ".");
            return null;
        }
        Guess.Score best = scores.get(0);
        terminal.line("Format: " + best.format().written() + " (a guess; it fits " + percent(best.share()) + ")"
                + (scores.size() == 1
                        ? "."
                        : "; also tried: "
                                + scores.stream()
                                        .skip(1)
                                        .map(score -> score.format().written() + " " + percent(score.share()))
                                        .collect(Collectors.joining(", "))
                                + "."));
        List<String> alike = scores.stream()
                .skip(1)
                .filter(best::alike)
                .map(score -> score.format().written())
                .toList();
        if (!alike.isEmpty()) {
            terminal.line("Nothing in the records tells " + best.format().written() + " from "
                    + String.join(" or ", alike)
                    + ": what wrote them knows. If it was another, look again with --format " + alike.get(0) + ".");
        }
        if (best.format().otlp() && best.format().written().endsWith("protobuf")) {
            terminal.line(
                    "OTLP in protobuf does not say whether it holds logs, metrics or spans: all three were tried.");
        }
        return best.format();
    }

    private Previewer previewer(Format chosen) {
        long lateness = ConfigLoader.defaults(WindowSettings.class).lateness().toMillis();
        if (service.isEmpty() && serviceFrom.isEmpty()) {
            return Previewer.of(topic, chosen, lateness);
        }
        try {
            return Previewer.of(
                    topic, new TopicSettings(chosen, service, fields(), "", TopicSettings.Beginning.NOW), lateness);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--service-from " + serviceFrom + ": " + wrong.getMessage(), wrong);
        }
    }

    private void tell(Format chosen, Preview preview) {
        Table table = new Table("FIELD", "BECOMES", "IN", "EXAMPLE");
        preview.fields().forEach(row -> table.row(row.field(), row.where(), percent(row.share()), row.example()));
        terminal.line("");
        terminal.lines(table.lines(terminal.style()));
        terminal.line("");
        terminal.line(preview.events() + " events; " + preview.refused() + " would become dead letters.");
        for (Preview.Problem problem : preview.problems()) {
            terminal.line("- " + problem.what());
            problem.lines().forEach(line -> terminal.line("    mend: " + line));
            problem.elsewhere().forEach(words -> terminal.line("    mend: " + words));
        }
        terminal.line("");
        terminal.line("To read it, in the file that ingest's --config names:");
        Previewer.lines(topic, chosen, service, fields()).forEach(line -> terminal.line("    " + line));
    }

    private List<String> fields() {
        return serviceFrom.isEmpty()
                ? List.of()
                : Stream.of(serviceFrom.split(",", -1)).map(String::strip).toList();
    }

    private static String percent(double share) {
        long rounded = Math.round(share * 100);
        return (share >= 1 ? 100 : share <= 0 ? 0 : Math.max(1, Math.min(99, rounded))) + " %";
    }
}
