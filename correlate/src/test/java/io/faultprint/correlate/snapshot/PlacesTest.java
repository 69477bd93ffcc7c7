package io.faultprint.correlate.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.state.PlaceRow;
import io.faultprint.snapshot.PlaceValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Masker masker = new Masker();

    private List<PlaceRow> of(List<String> lines) {
        List<PlaceRow> places = List.of();
        for (String line : lines) {
            masker.mask(line);
            places = Places.with(places, masker);
        }
        return places;
    }

    private static List<String> told(List<PlaceRow> places) {
        return Places.told(places).stream().map(PlaceValues::toString).toList();
    }

    @Test
    void whatIsFewIsToldWithItsCounts() {
        List<PlaceRow> places =
                of(List.of("code 503 from 10.0.0.8", "code 503 from 10.0.0.9", "code 503 from 10.0.0.9"));

        assertThat(told(places))
                .containsExactly(
                        "{\"place\": 0, \"placeholder\": \"<num>\", \"values\": [{\"value\": \"503\", \"count\": 3}]}",
                        "{\"place\": 1, \"placeholder\": \"<ip>\", \"values\": [{\"value\": \"10.0.0.9\", \"count\": 2},"
                                + " {\"value\": \"10.0.0.8\", \"count\": 1}]}");
    }

    @Test
    void whatIsManyIsToldNoMore() {
        List<String> lines =
                IntStream.range(0, 6).mapToObj(i -> "code 503 of order " + i).toList();

        assertThat(Places.told(of(lines))).extracting(PlaceValues::getPlace).containsExactly(0);
        assertThat(of(lines).get(1).getValues()).isEmpty();
        assertThat(Places.with(of(lines), masker).get(1))
                .isEqualTo(of(lines).get(1))
                .matches(PlaceRow::getMany);
    }

    @Test
    void aLongValueIsNotKept() {
        assertThat(of(List.of("at /" + "x".repeat(80))).get(0).getMany()).isTrue();
    }

    @Test
    void oneLineAloneIsNoDistribution() {
        assertThat(Places.told(of(List.of("code 503")))).isEmpty();
    }

    @Test
    void theOrderOfLinesDoesNotShow() {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add("code " + random.nextInt(4) + " from 10.0.0." + random.nextInt(8) + " in " + random.nextInt(90)
                    + " ms");
        }
        List<String> told = told(of(lines));

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(lines, new Random(seed));
            int cut = seed * 3;

            assertThat(told(of(lines))).isEqualTo(told);
            assertThat(told(Places.together(of(lines.subList(0, cut + 1)), of(lines.subList(cut + 1, lines.size())))))
                    .isEqualTo(told);
        }
    }

    @Test
    void wordingsWithOtherPlacesSayNothingTogether() {
        List<PlaceRow> one = of(List.of("moved 1", "moved 1"));
        List<PlaceRow> two = of(List.of("moved 1 2", "moved 1 2"));

        List<PlaceRow> mixed = Places.together(one, two);

        assertThat(Places.told(mixed)).isEmpty();
        assertThat(Places.told(Places.together(mixed, one))).isEmpty();
        assertThat(Places.together(mixed, mixed)).isEqualTo(mixed);
    }
}
