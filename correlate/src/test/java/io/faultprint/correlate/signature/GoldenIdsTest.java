package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ids and hashes outlive a release, in stored signatures and in people's notes. When this test fails, either the change
 * was not meant, or the algorithm version in the ids has to rise and aliases have to be written; only then is the file
 * taken from the test's message.
 */
class GoldenIdsTest {

    @Test
    void idsAndHashesStayAsTheyWere() throws IOException {
        Masker masker = new Masker();
        List<String> now = new ArrayList<>();
        for (LabelledLine line : LabelledLine.all()) {
            MaskedLine masked = masker.mask(line.text());
            now.add(row(masked));
        }
        for (String trace : Traces.ALL) {
            now.add(row(new ExceptionSigner().fromBody(trace, masker)));
        }

        try (BufferedReader golden = LabelledLine.open("/signature/golden-ids.tsv")) {
            assertThat(String.join("\n", now))
                    .isEqualTo(String.join("\n", golden.lines().toList()));
        }
    }

    private static String row(MaskedLine masked) {
        return Signature.idOf(masked) + "\t" + Long.toHexString(masked.hash()) + "\t" + masked.text();
    }
}
