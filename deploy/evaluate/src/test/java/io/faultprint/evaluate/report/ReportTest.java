package io.faultprint.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.evaluate.score.Interval;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenCanBeABaseline() {
        Path file = folder.resolve("report.json");
        new Report(
                        "incidents",
                        "f00d",
                        Map.of("recall", Figure.share(new Interval(3, 4)), "nothing", Figure.share(new Interval(0, 0))),
                        Map.of("slow", Map.of("recall", Figure.share(new Interval(1, 1)))),
                        Map.of("host", "here"))
                .write(file);

        assertThat(Report.stored(file, "incidents")).isEqualTo(Map.of("recall", .75));
        assertThatThrownBy(() -> Report.stored(file, "clusters"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("is a report of 'incidents', not of clusters");
    }

    @Test
    void aBaselineThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "{");

        assertThatThrownBy(() -> Report.stored(file, "incidents"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> Report.stored(folder.resolve("none"), "incidents"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void sharesHaveTheirInterval() {
        assertThat(Figure.share(new Interval(3, 4)).words()).isEqualTo(".750 [.30 .95]");
        assertThat(Figure.share(new Interval(0, 0)).words()).isEqualTo("-");
        assertThat(Figure.number(14, 3).words()).isEqualTo("14");
        assertThat(Figure.number(14.26, 3).words()).isEqualTo("14.3");
    }
}
