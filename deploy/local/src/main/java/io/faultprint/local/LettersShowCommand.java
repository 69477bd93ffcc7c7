package io.faultprint.local;

import io.faultprint.local.letters.Contents;
import io.faultprint.local.letters.Judge;
import io.faultprint.local.letters.LetterBox;
import io.faultprint.local.letters.LetterId;
import io.faultprint.local.letters.LetterTable;
import io.faultprint.local.letters.LetterText;
import io.faultprint.local.letters.StoredLetter;
import io.faultprint.local.letters.Verdict;
import io.faultprint.local.show.Times;
import io.faultprint.runtime.ExitCode;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.topic.Topics;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        header = "Letters in full: why, whence, what they hold, and what can be done.",
        description = "%nWith --json: one object per letter, with its original bytes in base64.%n")
final class LettersShowCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "2-1417, as faultprint dead-letters lists it")
    private List<String> ids = List.of();

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private final Terminal terminal;

    LettersShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return LetterCommands.run(spec, terminal, options, this::show);
    }

    private int show() {
        List<LetterId> wanted =
                new LinkedHashSet<>(ids).stream().map(LetterId::of).toList();
        try (TopicSchemas schemas = registry.open();
                KafkaAccess access = options.open(terminal);
                LetterBox box = options.box(access);
                Judge judge = new Judge(access.client(), options.run())) {
            Map<LetterId, ConsumerRecord<byte[], byte[]>> records = new java.util.LinkedHashMap<>();
            wanted.forEach(id -> records.put(id, box.get(id)));
            LetterBox.Letters letters = box.read(0);
            LetterText text =
                    new LetterText(terminal.style(), new Times(ZoneId.systemDefault()), new Contents(schemas.codec()));
            List<String> lines = new ArrayList<>();
            records.forEach((id, record) -> {
                StoredLetter letter = StoredLetter.of(record);
                if (json) {
                    lines.add(LetterTable.json(letter, letters.marks(), record.value()));
                } else {
                    lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
                    lines.addAll(text.lines(letter, record, letters.marks(), advice(letter, record, judge)));
                }
            });
            terminal.lines(lines);
            return ExitCode.OK;
        }
    }

    private List<String> advice(StoredLetter letter, ConsumerRecord<byte[], byte[]> record, Judge judge) {
        if (options.topic().equals(Topics.LATE)) {
            return List.of("its window has closed, so sent again it would be late again; faultprint dead-letters --late"
                    + " --export FILE makes a recording for faultprint replay");
        }
        Verdict verdict = judge.of(letter, record.key());
        String again = "faultprint dead-letters redrive " + letter.id();
        if (verdict instanceof Verdict.No no) {
            return List.of("cannot be sent again: " + no.why());
        }
        return List.of(
                verdict instanceof Verdict.ToTopic to
                        ? again + " sends it back to " + to.place().topic() + "-"
                                + to.place().partition() + "; as long as what refused it is not mended, it comes back"
                        : again + " posts it to " + ((Verdict.ToDoor) verdict).path()
                                + " once more; as long as what refused it is not mended, it comes back");
    }
}
