package io.faultprint.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.SurpriseKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "34.21,34.2", "1234.56,1235", "0.04567,0.0457", "-0.000003,0", "1e9,1000000000"})
    void numbersHaveThreeDigitsThatSaySomething(double value, String shown) {
        assertThat(Words.number(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NEW_SIGNATURE    | says for the first time "x" (3 lines)
            ERROR_RATE       | error "x": 3 lines, expected 0 to 1 lines
            SIGNATURE_RATE   | "x": 3 lines, expected 0 to 1 lines
            SIGNATURE_SILENT | no longer says "x": 3 lines, expected 0 to 1 lines
            SERVICE_SILENT   | has gone silent: 3 lines, expected 0 to 1 lines
            SPAN_ERRORS      | x fails: 3 lines, expected 0 to 1 lines
            SPAN_LATENCY     | x takes 3 lines, expected 0 to 1 lines
            SPAN_THROUGHPUT  | x: 3 lines, expected 0 to 1 lines
            METRIC           | x: 3 lines, expected 0 to 1 lines
            ALERT            | alert x
            """)
    void everyKindOfSurpriseHasItsWords(SurpriseKind kind, String words) {
        assertThat(Words.surprise(Samples.surprise(kind, "x", 3, 0, 1, "lines")))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "By, 373083328, 301704815, 378191889, 'x: 356 MiB, expected 288 to 361 MiB'",
        "{request}, 0.5, -0.000003, 0.000003, 'x: 0.5 request, expected 0 request'",
        "1, 0.97, 0.2, 0.4, 'x: 0.97, expected 0.2 to 0.4'"
    })
    void unitsAreForPeople(String unit, double observed, double low, double high, String words) {
        assertThat(Words.surprise(Samples.surprise(SurpriseKind.METRIC, "x", observed, low, high, unit)))
                .isEqualTo(words);
    }
}
