package io.faultprint.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of wrong type and range in every field of OTLP/JSON: it costs its own record, says so, and no more. */
class WrongJsonTest {

    /** Fields that nothing is made of; what stands in them is passed over, whatever it is. */
    private static final Set<String> PASSED_OVER = Set.of(
            "droppedAttributesCount", "droppedEventsCount", "droppedLinksCount", "links", "exemplars", "metadata");

    /** What a value is, beside what it looks like. */
    private enum Is {
        NULL,
        TRUE,
        OBJECT,
        ARRAY,
        /** Fits 32 bits. */
        INT32,
        /** Fits 32 bits without a sign. */
        UINT32,
        /** Fits 64 bits and not 32. */
        INT64,
        /** An integer that fits nothing. */
        HUGE,
        FRACTION,
        NOT_A_NUMBER,
        TEXT,
        TEXT_OF_INT32,
        TEXT_OF_INT64,
        TEXT_OF_HUGE,
        EMPTY
    }

    private static final Map<String, Is> VALUES = Map.ofEntries(
            Map.entry("null", Is.NULL),
            Map.entry("true", Is.TRUE),
            Map.entry("{}", Is.OBJECT),
            Map.entry("{\"odd\":[{\"a\":null}]}", Is.OBJECT),
            Map.entry("[]", Is.ARRAY),
            Map.entry("[[[17]]]", Is.ARRAY),
            Map.entry("17", Is.INT32),
            Map.entry("-1", Is.INT32),
            Map.entry("-2147483648", Is.INT32),
            Map.entry("4294967295", Is.UINT32),
            Map.entry("4294967296", Is.INT64),
            Map.entry("-9223372036854775808", Is.INT64),
            Map.entry("18446744073709551615", Is.INT64),
            Map.entry("18446744073709551616", Is.HUGE),
            Map.entry("-9223372036854775809", Is.HUGE),
            Map.entry("9".repeat(900), Is.HUGE),
            Map.entry("1.5", Is.FRACTION),
            Map.entry("1e999", Is.FRACTION),
            Map.entry("NaN", Is.NOT_A_NUMBER),
            Map.entry("-Infinity", Is.NOT_A_NUMBER),
            Map.entry("\"17\"", Is.TEXT_OF_INT32),
            Map.entry("\"9223372036854775807\"", Is.TEXT_OF_INT64),
            Map.entry("\"18446744073709551616\"", Is.TEXT_OF_HUGE),
            Map.entry("\"not so\"", Is.TEXT),
            Map.entry("\"\\ud800\"", Is.TEXT),
            Map.entry("\"\"", Is.EMPTY));

    static List<RecordFields.Place> places() {
        return RecordFields.all();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWrongValueCostsItsRecordAndARightOneNothing(RecordFields.Place place) {
        VALUES.forEach((value, is) -> {
            boolean right = place.field().isRepeated() ? value.equals("[]") : fits(place.field(), is);
            boolean taken = is == Is.NULL || passedOver(place) || right;
            assertOutcome(place, json(place, value), value, taken);
            if (place.field().isRepeated()) {
                boolean element = passedOver(place) || fits(place.field(), is);
                assertOutcome(place, json(place, "[" + value + "]"), "[" + value + "]", element);
            }
        });
    }

    private static void assertOutcome(RecordFields.Place place, String record, String value, boolean taken) {
        Decoded.Request request = (Decoded.Request)
                OtlpJson.read(place.signal(), Neighbours.json(place.signal(), record), Parts.upTo(10_000));

        String as = place + " = " + (value.length() > 60 ? value.substring(0, 60) + "…" : value);
        assertThat(Neighbours.names(request.message()))
                .as(as)
                .contains("left", "right")
                .hasSize(taken ? 3 : 2);
        assertThat(request.spoiled()).as(as).hasSize(taken ? 0 : 1);
        if (!taken) {
            Decoded.Spoiled spoiled = request.spoiled().get(0);
            assertThat(spoiled.why())
                    .as(as)
                    .contains("/1/")
                    .contains(place.field().getJsonName())
                    .contains("wanted ")
                    .contains(", found ")
                    .hasSizeLessThan(400);
            assertThat(new String(spoiled.original(), UTF_8)).as(as).contains(record);
        }
    }

    private static boolean passedOver(RecordFields.Place place) {
        return place.path().stream().map(FieldDescriptor::getJsonName).anyMatch(PASSED_OVER::contains)
                || unread(place.field());
    }

    /** Known to OTLP 1.11 and not to us. */
    private static boolean unread(FieldDescriptor field) {
        return Set.of("stringValueStrindex", "keyStrindex").contains(field.getJsonName());
    }

    private static boolean fits(FieldDescriptor field, Is is) {
        return switch (field.getJavaType()) {
            case MESSAGE -> is == Is.OBJECT;
            case BOOLEAN -> is == Is.TRUE;
            case STRING -> text(is);
            case BYTE_STRING -> text(is) && (!field.getName().equals("bytes_value") || is != Is.TEXT);
            case INT ->
                is == Is.INT32
                        || is == Is.TEXT_OF_INT32
                        || (is == Is.UINT32 && field.getType() != FieldDescriptor.Type.SINT32);
            case LONG ->
                Set.of(Is.INT32, Is.UINT32, Is.INT64, Is.TEXT_OF_INT32, Is.TEXT_OF_INT64)
                        .contains(is);
            case ENUM -> is == Is.INT32 || is == Is.TEXT_OF_INT32;
            case DOUBLE ->
                Set.of(
                                Is.INT32,
                                Is.UINT32,
                                Is.INT64,
                                Is.HUGE,
                                Is.FRACTION,
                                Is.NOT_A_NUMBER,
                                Is.TEXT_OF_INT32,
                                Is.TEXT_OF_INT64,
                                Is.TEXT_OF_HUGE)
                        .contains(is);
            default -> throw new IllegalStateException(field + ": say what fits it");
        };
    }

    private static boolean text(Is is) {
        return Set.of(Is.TEXT, Is.TEXT_OF_INT32, Is.TEXT_OF_INT64, Is.TEXT_OF_HUGE, Is.EMPTY)
                .contains(is);
    }

    private static String json(RecordFields.Place place, String value) {
        String json = "{\"" + place.field().getJsonName() + "\":" + value + "}";
        for (int i = place.above().size() - 1; i >= 0; i--) {
            FieldDescriptor field = place.above().get(i);
            json = "{\"" + field.getJsonName() + "\":" + (field.isRepeated() ? "[" + json + "]" : json) + "}";
        }
        return json;
    }
}
