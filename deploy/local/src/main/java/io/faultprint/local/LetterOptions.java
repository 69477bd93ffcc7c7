package io.faultprint.local;

import io.faultprint.local.letters.LetterBox;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What list, show and redrive share: where the letters are. */
final class LetterOptions {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "A broker of yours, instead of that of the data directory.")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description =
                    "With --kafka: a property for the Kafka client, such as security.protocol=SSL; may be repeated.")
    private Map<String, String> properties = new TreeMap<>();

    @Option(names = "--run", paramLabel = "RUN", description = "Of a replay: the id that it printed.")
    private String run = "";

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "First part of the topics' names (default ${DEFAULT-VALUE}).")
    private String prefix = Run.MAIN.prefix();

    @Option(names = "--late", description = "Look at topic late: events whose window had closed.")
    private boolean late;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "dead-letters (default) or late.")
    private @Nullable String topic;

    KafkaAccess open(Terminal terminal) {
        // What is wrong is said before a broker is started for it.
        run();
        topic();
        if (kafka == null) {
            if (!properties.isEmpty()) {
                throw new UsageError("--kafka-property: is for a broker of yours; name it with --kafka HOST:PORT");
            }
            return KafkaAccess.open(data.root(), terminal);
        }
        if (!kafka.matches("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*")) {
            throw new UsageError("--kafka " + kafka + ": must be HOST:PORT, several joined by commas");
        }
        return KafkaAccess.of(kafka, properties);
    }

    /** Which broker was asked for, to be said of one that does not answer. */
    String where() {
        return kafka == null ? " (--data " + data.root() + ")" : " (--kafka " + kafka + ")";
    }

    LetterBox box(KafkaAccess access) {
        return new LetterBox(access.client(), run(), topic());
    }

    Run run() {
        try {
            return new Run(prefix, run);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError(
                    (run.isEmpty() ? "--prefix " + prefix : "--run " + run + " --prefix " + prefix)
                            + ": use lower-case letters, digits and dashes",
                    wrong);
        }
    }

    Topic topic() {
        if (topic == null) {
            return late ? Topics.LATE : Topics.DEAD_LETTERS;
        }
        Topic named = switch (topic) {
            case "late" -> Topics.LATE;
            case "dead-letters" -> Topics.DEAD_LETTERS;
            default -> throw new UsageError("--topic " + topic + ": letters are in dead-letters and in late");
        };
        if (late && !named.equals(Topics.LATE)) {
            throw new UsageError("--late --topic " + topic + ": contradict each other; give one of them");
        }
        return named;
    }
}
