package io.faultprint.local;

import io.faultprint.local.letters.LateExport;
import io.faultprint.local.letters.LetterBox;
import io.faultprint.local.letters.LetterTable;
import io.faultprint.local.letters.StoredLetter;
import io.faultprint.local.show.Times;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The list of letters, and their export. */
final class LetterListing {

    private static final int MOST = 100_000;

    @Mixin
    private LetterFilterOptions filter = new LetterFilterOptions();

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "With --late: write the events as OTLP/JSON lines, in the order of their time, for faultprint"
                    + " replay. Their windows are closed, so sent again they would be late again.")
    private @Nullable Path export;

    int list(LetterOptions options, Terminal terminal, long now) throws IOException {
        if (limit < 1 || limit > MOST) {
            throw new UsageError("--limit " + limit + ": must be from 1 to " + MOST + " (default 50)");
        }
        if (export != null && !options.topic().equals(Topics.LATE)) {
            throw new UsageError("--export " + export + ": is for late events; give --late as well");
        }
        Path target = export == null ? null : checked(export);
        long since = filter.filter(now).since();
        try (TopicSchemas schemas = registry.open();
                KafkaAccess access = options.open(terminal);
                LetterBox box = options.box(access)) {
            LetterBox.Letters letters = box.read(since);
            List<StoredLetter> meant = filter.of(letters, now);
            if (target != null) {
                return export(box, meant, target, terminal, schemas);
            }
            show(letters, meant, options, terminal);
            return ExitCode.OK;
        }
    }

    private void show(LetterBox.Letters letters, List<StoredLetter> meant, LetterOptions options, Terminal terminal) {
        if (json) {
            terminal.lines(meant.subList(Math.max(0, meant.size() - limit), meant.size()).stream()
                    .map(letter -> LetterTable.json(letter, letters.marks()))
                    .toList());
            return;
        }
        String topic = options.topic().name();
        if (meant.isEmpty()) {
            terminal.line(
                    letters.all().isEmpty()
                            ? "nothing in " + topic
                            : "nothing like that among %,d in %s"
                                    .formatted(letters.all().size(), topic));
            return;
        }
        LetterTable table = new LetterTable(
                new Times(ZoneId.systemDefault()),
                terminal.style(),
                options.run().topic(""));
        terminal.lines(table.lines(meant, limit, letters.marks()));
        terminal.lines(table.summary(meant, limit, topic));
    }

    private static int export(
            LetterBox box, List<StoredLetter> letters, Path file, Terminal terminal, TopicSchemas schemas)
            throws IOException {
        LateExport recording = new LateExport(schemas.codec());
        box.each(letters, record -> recording.add(record.value()));
        recording.write(file);
        terminal.line("%,d events written to %s; faultprint replay %s plays them in a run of their own"
                .formatted(recording.written(), file, file));
        recording
                .left()
                .forEach((what, count) ->
                        terminal.line("  left out, no recording holds them: %,d %s".formatted(count, what)));
        return ExitCode.OK;
    }

    /** Found now, and not after the work. */
    private static Path checked(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new UsageError("--export " + file + ": cannot be written; give a file in a folder that can");
        }
        return file;
    }
}
