package io.faultprint.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileGroupTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.path         | /x/*.log | files.a.path: unknown key (did you mean paths?)
            paths          | /x/*.log | files.paths: unknown key
            a.paths        | ''       | files.a.paths: must be set
            a.paths        | /x/[.log | files.a.paths /x/[.log: is no glob
            a.paths        | /        | files.a.paths /: is a directory; give files
            a.service      | ''       | files.a.service: give either it or files.a.service-from
            a.service-from | file     | files.a.service: give either it or files.a.service-from
            a.zone         | Mars     | files.a.zone Mars: must be like UTC
            a.start        | middle   | files.a.start middle: must be beginning or end (default end)
            """)
    void whatCannotWorkIsNamedWithItsMend(String key, String value, String message) {
        Map<String, String> settings = new HashMap<>(Map.of("a.paths", "/x/*.log", "a.service", "shop"));
        settings.put(key, value);

        assertThatThrownBy(() -> FileGroup.of(settings))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(message);
    }

    @Test
    void aPartOfAPathThatIsNoneIsNamed() {
        assertThatThrownBy(() -> FileGroup.of(Map.of("a.paths", "/x/*.log", "a.service-from", "host")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("files.a.service-from host: must be file");
    }

    @ParameterizedTest
    @CsvSource({
        "file, /var/log/shop/cart.2026.log, cart",
        "file, /var/log/.hidden, .hidden",
        "file, /var/log/cart.log-20260131, cart",
        "file, /var/log/cart-20260131.log, cart",
        "file, /var/log/cart_2026-01-31T12.log, cart",
        "file, /var/log/cart-1769860800.log, cart",
        "file, /var/log/worker-1.log, worker-1",
        "file, /var/log/-20260131.log, -20260131",
        "folder, /var/log/shop/cart.log, shop",
        "folder-2, /var/log/shop/cart.log, log",
        "folder-9, /var/log/shop/cart.log, cart"
    })
    void aServiceIsNamedAfterAPartOfThePath(String part, String path, String service) {
        FileGroup group = FileGroup.of(Map.of("a.paths", "/x/*.log", "a.service-from", part))
                .get(0);

        assertThat(group.serviceOf(Path.of(path))).isEqualTo(service);
    }

    @Test
    void globsFindWhatShellsFindAndFoldersBelow() throws IOException {
        Path strange = Files.createDirectories(folder.resolve("a [b]"));
        Files.createDirectories(folder.resolve("deep/er"));
        for (String file : List.of("a [b]/x.log", "a [b]/y.txt", "deep/er/z.log", "top.log")) {
            Files.createFile(folder.resolve(file));
        }
        Files.createSymbolicLink(folder.resolve("deep/loop"), folder);

        assertThat(found(folder + "/*.log")).containsExactly("top.log");
        assertThat(found(strange.toString().replace("[", "\\[").replace("]", "\\]") + "/?.log"))
                .containsExactly("a [b]/x.log");
        assertThat(found(folder + "/a*/x.{log,txt}")).containsExactly("a [b]/x.log");
        assertThat(found(folder + "/**.log")).contains("top.log", "deep/er/z.log", "a [b]/x.log");
        assertThat(found(folder + "/top.log")).containsExactly("top.log");
        assertThat(found(folder + "/nowhere/*.log")).isEmpty();
    }

    private List<String> found(String glob) {
        List<String> files = new ArrayList<>();
        Glob.of("files.a.paths", glob)
                .visit((path, attributes) -> files.add(folder.relativize(path).toString()), (path, failure) -> {});
        return files;
    }
}
