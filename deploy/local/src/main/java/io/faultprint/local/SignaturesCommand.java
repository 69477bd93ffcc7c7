package io.faultprint.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.faultprint.correlate.signature.LineSigner;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.local.signatures.ExplanationText;
import io.faultprint.local.signatures.RulesFile;
import io.faultprint.local.signatures.RulesPreview;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "signatures",
        header =
                "The signature of each line of plain log files, as JSON; why a line has its own; what rules would change.",
        description =
                "%nReads files or standard input, and prints one JSON object per line in input order: signature and template."
                        + " Templates are as they stand after the last line, and so are ids: signatures that a wider one came to cover"
                        + " are given as that one.%n")
final class SignaturesCommand implements Callable<Integer> {

    /** Stands for the id of a line that a rule leaves out. */
    private static final String IGNORED = "";

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Plain or gzip; - or nothing is standard input.")
    private List<Path> files = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Signatures kept at most (default ${DEFAULT-VALUE}); beyond it, lines fall into one flood signature.")
    private int limit = SignatureLimits.DEFAULT.signatures();

    @Option(
            names = "--explain",
            paramLabel = "LINE",
            description =
                    "Say how this line gets its signature, beside those of the files if there are any: what is set"
                            + " apart, what is masked and why, which template takes it or comes nearest.")
    private @Nullable String explained;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Properties with signatures.always-mask, signatures.never-merge and signatures.ignore, as"
                    + " correlate's configuration has them.")
    private @Nullable Path rulesFile;

    @Option(names = "--preview", description = "Instead of signatures, print what the rules change in the files.")
    private boolean preview;

    private final Terminal terminal;

    SignaturesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new UsageError(
                    "--limit " + limit + ": must be at least 1 (default " + SignatureLimits.DEFAULT.signatures() + ")");
        }
        SignatureLimits limits = new SignatureLimits(limit, SignatureLimits.DEFAULT.hashesPerSignature());
        SteeringRules rules = rulesFile == null ? SteeringRules.NONE : RulesFile.read(rulesFile);
        if (preview) {
            return preview(limits, rules);
        }
        LineSigner signer = new LineSigner(limits, rules);
        if (explained != null) {
            return explain(signer, explained);
        }
        // Ids are few and shared, so that a long file costs four bytes a line until its templates are known.
        Map<String, String> shared = new HashMap<>();
        List<String> ids = new ArrayList<>();
        each(files.isEmpty() ? List.of(Path.of("-")) : files, line -> {
            String id = signer.ignores(line) ? IGNORED : signer.sign(line);
            ids.add(shared.computeIfAbsent(id, same -> same));
        });
        write(ids, signer);
        return ExitCode.OK;
    }

    private int explain(LineSigner signer, String line) throws IOException {
        each(files, other -> {
            if (!signer.ignores(other)) {
                signer.sign(other);
            }
        });
        terminal.lines(ExplanationText.lines(signer.explain(line), terminal.style()));
        return ExitCode.OK;
    }

    private int preview(SignatureLimits limits, SteeringRules rules) throws IOException {
        if (rulesFile == null) {
            throw new UsageError("--preview: needs --rules FILE, whose effect it shows");
        }
        if (explained != null) {
            throw new UsageError("--preview: is about files, --explain about one line; give one of the two");
        }
        RulesPreview effect = new RulesPreview(limits, rules);
        each(files.isEmpty() ? List.of(Path.of("-")) : files, effect::add);
        terminal.lines(effect.lines(terminal.style()));
        return ExitCode.OK;
    }

    private static void each(List<Path> files, Consumer<String> consumer) throws IOException {
        for (Path file : files) {
            try (BufferedReader lines = open(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    consumer.accept(line);
                }
            }
        }
    }

    private void write(List<String> ids, LineSigner signer) throws IOException {
        Map<String, String> templates = new HashMap<>();
        OutputStream out = terminal.out();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setRootValueSeparator(null);
            for (String id : ids) {
                json.writeStartObject();
                if (id.equals(IGNORED)) {
                    json.writeBooleanField("ignored", true);
                } else {
                    json.writeStringField("signature", signer.current(id));
                    json.writeStringField("template", templates.computeIfAbsent(id, signer::template));
                }
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
        terminal.out().flush();
    }

    /** Bytes that are no UTF-8 become the replacement character: one bad byte must not cost the rest of the file. */
    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(plain(bytes(file)), StandardCharsets.UTF_8), 1 << 16);
    }

    private static InputStream bytes(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return System.in;
        }
        if (Files.isDirectory(file)) {
            throw new UsageError(file + ": is a directory; give files");
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException missing) {
            throw new UsageError(file + ": there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new UsageError(file + ": may not be read", denied);
        }
    }

    private static InputStream plain(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }
}
