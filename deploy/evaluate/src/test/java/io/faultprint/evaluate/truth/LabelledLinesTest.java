package io.faultprint.evaluate.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledLinesTest {

    @TempDir
    Path folder;

    @Test
    void commasAndQuotesAreOfTheLine() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), """
                LineId,Content,EventId
                1,"read ""a"", then b",E1
                2,done,E2
                """);

        LabelledLines read = LabelledLines.of(file);

        assertThat(read.lines()).containsExactly("read \"a\", then b", "done");
        assertThat(read.groups()).containsExactly("E1", "E2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'LineId,EventId\n1,E1\n'              | row 1: has no Content
            'Content,EventId\na,E1\nb\n'          | row 2: has no EventId
            """)
    void aColumnThatIsMissing(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), text);

        assertThatThrownBy(() -> LabelledLines.of(file))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(message)
                .hasMessageContaining("needs a header with the columns Content and EventId");
    }

    @Test
    void aFileThatIsNotThere() {
        assertThatThrownBy(() -> LabelledLines.of(folder.resolve("none.csv")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("there is no such file");
    }
}
