package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of a dozen styles, written for this project, with the groups a person sees in them. */
class LabelledLinesTest {

    @Test
    void linesOfOneMeaningMeetAndOthersDoNot() throws IOException {
        List<LabelledLine> lines = LabelledLine.all();
        LineSigner signer = new LineSigner(SignatureLimits.DEFAULT);

        List<String> signatures =
                lines.stream().map(line -> signer.sign(line.text())).toList();
        Grouping grouping =
                Grouping.score(lines.stream().map(LabelledLine::label).toList(), signatures);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(120);
        assertThat(lines.stream().map(LabelledLine::style).distinct().count()).isGreaterThanOrEqualTo(8);
        assertThat(grouping.accuracy()).as("GA").isGreaterThanOrEqualTo(0.96);
        assertThat(grouping.f1()).as("FGA").isGreaterThanOrEqualTo(0.94);
    }
}
