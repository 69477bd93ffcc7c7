package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of cases and the tests of bad input name the same: none is promised without proof, or proved in silence. */
class BadInputTableTest {

    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|ParameterizedTest)\\s(?:\\s*@\\w+(?:\\([^)]*\\))?\\s)*\\s*void (\\w+)\\(");

    private static final Pattern METHOD = Pattern.compile("\n    void (\\w+)\\(");

    @Test
    void everyTestOfBadInputIsInTheTableAndEveryProofIsATest() throws IOException {
        Set<String> named = PROOF.matcher(Files.readString(Path.of("BAD-INPUT.md")))
                .results()
                .map(proof -> proof.group(1) + "." + proof.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tests = new TreeSet<>();
        for (String file : List.of(
                "BadInputIT",
                "SlowSenderIT",
                "BrokerLostIT",
                "otlp/WrongJsonTest",
                "otlp/WrongProtobufTest",
                "fuzz/CorpusTest")) {
            String source = Files.readString(Path.of("src/test/java/io/faultprint/ingest", file + ".java"));
            TEST.matcher(source)
                    .results()
                    .forEach(test -> tests.add(file.replaceFirst(".*/", "") + "." + test.group(1)));
        }

        // These hold what goes well, too.
        Set<String> others = new TreeSet<>();
        for (String file : List.of(
                "FilesIT",
                "file/FollowingTest",
                "file/FileGroupTest",
                "file/CheckpointsTest",
                "file/BlindnessTest",
                "text/JoinerTest",
                "text/LogTimesTest",
                "text/TextReaderTest")) {
            String source = Files.readString(Path.of("src/test/java/io/faultprint/ingest", file + ".java"));
            METHOD.matcher(source)
                    .results()
                    .forEach(test -> others.add(file.replaceFirst(".*/", "") + "." + test.group(1)));
        }

        assertThat(named).containsAll(tests);
        tests.addAll(others);
        assertThat(tests).containsAll(named);
    }
}
