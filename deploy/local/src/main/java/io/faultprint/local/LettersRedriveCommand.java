package io.faultprint.local;

import io.faultprint.local.letters.Judge;
import io.faultprint.local.letters.LetterBox;
import io.faultprint.local.letters.LetterId;
import io.faultprint.local.letters.Origin;
import io.faultprint.local.letters.Redrive;
import io.faultprint.local.letters.StoredLetter;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        header = "Sends letters back to where they came from, each at most once.",
        description =
                "%nA record of a topic goes back into its topic, partition and key; what came by HTTP is posted to ingest again."
                        + " Each letter is sent once, also when two people do it or it is stopped half-way; --again sends it"
                        + " once more. A letter that is refused again comes back, and the list shows ×2.%n%n"
                        + "An event whose window has closed meanwhile is counted late. Late events themselves are not"
                        + " redriven; dead-letters --late --export FILE makes a recording of them.%n")
final class LettersRedriveCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "2-1417, as faultprint dead-letters lists it")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "Every letter, or with the filters below those that they leave.")
    private boolean all;

    @Mixin
    private LetterFilterOptions filter = new LetterFilterOptions();

    @Option(names = "--again", description = "Also those that were sent before.")
    private boolean again;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(
            names = "--door",
            paramLabel = "URL",
            description = "Ingest for what came by HTTP (default: that of the running faultprint up).")
    private @Nullable String door;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private final Terminal terminal;

    LettersRedriveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return LetterCommands.run(spec, terminal, options, this::redrive);
    }

    private int redrive() throws InterruptedException {
        if (!Redrive.redrivable(options.topic())) {
            throw new UsageError(
                    "--late: the windows of late events are closed, so sent again they would be late again;"
                            + " faultprint dead-letters --late --export FILE makes a recording of them, and faultprint replay FILE"
                            + " plays it in a run of its own");
        }
        if (ids.isEmpty() != all) {
            throw new UsageError(
                    all
                            ? "--all: means every letter; leave the ids out, or --all"
                            : "give the ids of letters, or --all (with --cause, --stage, --from or --since)");
        }
        if (!all && filter.isSet()) {
            throw new UsageError("--cause, --stage, --from and --since choose among --all; with ids leave them out");
        }
        if (door != null && !door.matches("https?://[^/\\s]+/?")) {
            throw new UsageError("--door " + door + ": must be like http://127.0.0.1:4318");
        }
        List<LetterId> wanted =
                new LinkedHashSet<>(ids).stream().map(LetterId::of).toList();
        try (KafkaAccess access = options.open(terminal);
                LetterBox box = options.box(access)) {
            // Before anything is taken over: an id that does not exist must not stop somebody else's redrive.
            wanted.forEach(box::get);
            return redrive(access, box, wanted);
        }
    }

    private int redrive(KafkaAccess access, LetterBox box, List<LetterId> wanted) throws InterruptedException {
        String url = door == null ? access.door() : door.replaceAll("/$", "");
        int sent = 0;
        int failed = 0;
        int skipped = 0;
        boolean events = false;
        try (Judge judge = new Judge(access.client(), options.run());
                Redrive redrive =
                        new Redrive(access.client(), options.run(), box, judge, url, InstantSource.system())) {
            for (StoredLetter letter : meant(redrive.letters(), wanted)) {
                Redrive.Result result = redrive.send(letter, again, dryRun);
                terminal.line(letter.id() + "  " + words(result));
                if (result instanceof Redrive.Result.Sent) {
                    sent++;
                    events |= hasWindow(letter.origin());
                } else if (result instanceof Redrive.Result.Failed) {
                    failed++;
                } else {
                    skipped++;
                }
            }
        } catch (ProducerFencedException | InvalidProducerEpochException takenOver) {
            terminal.trouble(spec.qualifiedName() + ": another redrive has begun and goes on from here; " + sent
                    + " were sent by this one");
            return ExitCode.FAILURE;
        }
        terminal.line("%,d %s, %,d left as they are, %,d cannot be sent"
                .formatted(sent, dryRun ? "would be sent" : "sent", skipped, failed));
        if (events && !dryRun) {
            terminal.line("Those whose window has closed meanwhile are counted late: faultprint dead-letters --late");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<StoredLetter> meant(LetterBox.Letters letters, List<LetterId> wanted) {
        return all
                ? filter.of(letters, System.currentTimeMillis())
                : letters.all().stream()
                        .filter(letter -> wanted.contains(letter.id()))
                        .toList();
    }

    private boolean hasWindow(Origin origin) {
        return origin instanceof Origin.Door
                || (origin instanceof Origin.Place place
                        && Topics.eventTopics().stream()
                                .map(Topic::name)
                                .map(options.run()::topic)
                                .anyMatch(place.topic()::equals));
    }

    private static String words(Redrive.Result result) {
        if (result instanceof Redrive.Result.Sent sent) {
            return sent.words();
        }
        return result instanceof Redrive.Result.Skipped skipped
                ? skipped.why()
                : "not sent: " + ((Redrive.Result.Failed) result).why();
    }
}
