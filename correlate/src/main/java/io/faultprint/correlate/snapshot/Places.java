package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.state.PlaceRow;
import io.faultprint.snapshot.PlaceValues;
import io.faultprint.snapshot.ValueCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What stood at the first {@value #MOST_PLACES} places of a signature, as long as it is little: one error code, one host.
 * A place with more than {@value #MOST_VALUES} values, or one of more than {@value #LONGEST} characters, is "many" from
 * then on, in whatever order they came. Wordings whose places are not the same say nothing together.
 */
public final class Places {

    private static final int MOST_PLACES = 6;
    private static final int MOST_VALUES = 5;
    private static final int LONGEST = 64;

    private static final List<PlaceRow> MIXED = List.of(new PlaceRow("", true, List.of(), List.of()));

    private Places() {}

    /** The places of a wording with one more line, the one just scanned; the same list when it changed nothing. */
    public static List<PlaceRow> with(List<PlaceRow> before, Masker line) {
        int places = Math.min(MOST_PLACES, line.places());
        if (before.size() == places && before.stream().allMatch(PlaceRow::getMany)) {
            return before;
        }
        List<PlaceRow> after = new ArrayList<>(places);
        for (int place = 0; place < places; place++) {
            PlaceRow row = place < before.size()
                    ? before.get(place)
                    : new PlaceRow(line.placeholder(place), false, List.of(), List.of());
            after.add(row.getMany() ? row : with(row, line, place));
        }
        return after;
    }

    private static PlaceRow with(PlaceRow row, Masker line, int place) {
        for (int i = 0; i < row.getValues().size(); i++) {
            if (line.valueIs(place, row.getValues().get(i))) {
                List<Long> counts = new ArrayList<>(row.getCounts());
                counts.set(i, counts.get(i) + 1);
                return new PlaceRow(row.getPlaceholder(), false, row.getValues(), counts);
            }
        }
        boolean tooLong = line.valueEnd(place) - line.valueStart(place) > LONGEST;
        return tooLong ? many(row.getPlaceholder()) : plus(row, line.value(place), 1);
    }

    /** The places of two wordings of one signature, or of one signature in two windows. */
    public static List<PlaceRow> together(List<PlaceRow> one, List<PlaceRow> other) {
        if (!alike(one, other)) {
            return MIXED;
        }
        List<PlaceRow> sum = new ArrayList<>();
        for (int place = 0; place < one.size(); place++) {
            PlaceRow row = one.get(place);
            PlaceRow more = other.get(place);
            for (int i = 0; i < more.getValues().size() && !row.getMany(); i++) {
                row = plus(row, more.getValues().get(i), more.getCounts().get(i));
            }
            sum.add(more.getMany() ? many(row.getPlaceholder()) : row);
        }
        return sum;
    }

    private static boolean alike(List<PlaceRow> one, List<PlaceRow> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int place = 0; place < one.size(); place++) {
            if (!one.get(place).getPlaceholder().equals(other.get(place).getPlaceholder())) {
                return false;
            }
        }
        return true;
    }

    /** What the catalogue says of them: places that are still few, and of more than one line. */
    public static List<PlaceValues> told(List<PlaceRow> places) {
        List<PlaceValues> told = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            PlaceRow row = places.get(place);
            long lines = row.getCounts().stream().mapToLong(count -> count).sum();
            if (!row.getMany() && lines > 1) {
                List<ValueCount> values = new ArrayList<>();
                for (int i = 0; i < row.getValues().size(); i++) {
                    values.add(new ValueCount(
                            row.getValues().get(i), row.getCounts().get(i)));
                }
                values.sort(Comparator.comparingLong(ValueCount::getCount)
                        .reversed()
                        .thenComparing(ValueCount::getValue));
                told.add(new PlaceValues(place, row.getPlaceholder(), values));
            }
        }
        return told;
    }

    private static PlaceRow plus(PlaceRow row, String value, long count) {
        List<String> values = new ArrayList<>(row.getValues());
        List<Long> counts = new ArrayList<>(row.getCounts());
        int at = values.indexOf(value);
        if (at >= 0) {
            counts.set(at, counts.get(at) + count);
        } else if (values.size() == MOST_VALUES) {
            return many(row.getPlaceholder());
        } else {
            values.add(value);
            counts.add(count);
        }
        return new PlaceRow(row.getPlaceholder(), false, values, counts);
    }

    private static PlaceRow many(String placeholder) {
        return new PlaceRow(placeholder, true, List.of(), List.of());
    }
}
