package io.faultprint.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.faultprint.ingest.Otlp;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpJsonTextTest {

    private static final Normaliser NORMALISER =
            new Normaliser(new Redactor(new TokenKey("a key for tests")), Limits.DEFAULT);

    @ParameterizedTest
    @EnumSource(Signal.class)
    void whatIsWrittenGivesTheSameEvents(Signal signal) {
        int events = 0;
        // Each variant fills every field that OTLP has, and takes another member of each oneof.
        for (int variant = 0; variant < 8; variant++) {
            Message request = ofAService(filled(signal.empty(), variant, 12));

            byte[] json = OtlpJsonText.of(request);

            Decoded.Request again = (Decoded.Request) OtlpJson.read(signal, json, Parts.upTo(1_000_000));
            assertThat(again.spoiled()).as(new String(json, UTF_8)).isEmpty();
            assertThat(outcomes(again.message())).isEqualTo(outcomes(request));
            events += (int) outcomes(request).stream()
                    .filter(SpecificRecord.class::isInstance)
                    .count();
        }
        assertThat(events).isGreaterThan(1);
    }

    private static Message ofAService(Message request) {
        FieldDescriptor groups = request.getDescriptorForType().getFields().get(0);
        Message group = (Message) request.getRepeatedField(groups, 0);
        FieldDescriptor resource = group.getDescriptorForType().findFieldByName("resource");
        return request.toBuilder()
                .setRepeatedField(
                        groups,
                        0,
                        group.toBuilder()
                                .setField(resource, Otlp.service("cart"))
                                .build())
                .build();
    }

    private static List<Object> outcomes(Message request) {
        List<Object> outcomes = new ArrayList<>();
        NORMALISER.normalise(request, new Source("door", 1_769_860_801_000L, null, 300_000, false), outcome -> {
            if (outcome instanceof Outcome.Parsed parsed) {
                outcomes.add(parsed.event());
            } else {
                outcomes.add(outcome instanceof Outcome.Rejected rejected ? rejected.message() : outcome);
            }
        });
        return outcomes;
    }

    private static Message filled(Message empty, int variant, int depth) {
        Message.Builder builder = empty.toBuilder();
        for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
            var oneof = field.getContainingOneof();
            boolean other = oneof != null
                    && !oneof.getField(variant % oneof.getFieldCount()).equals(field);
            boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (other || (message && depth == 0)) {
                continue;
            }
            Object value = message
                    ? filled(builder.newBuilderForField(field).build(), variant, depth - 1)
                    : scalar(field, variant);
            if (field.isRepeated()) {
                builder.addRepeatedField(field, value);
            } else {
                builder.setField(field, value);
            }
        }
        return builder.build();
    }

    private static Object scalar(FieldDescriptor field, int variant) {
        return switch (field.getJavaType()) {
            case INT ->
                field.getName().equals("flags")
                        ? 256
                        : variant % 2 == 0 ? 7 : field.getType() == FieldDescriptor.Type.SINT32 ? -7 : 7;
            case LONG -> field.getName().endsWith("nano") || variant % 2 == 0 ? 1_769_860_800_123_456_789L : -3L;
            case FLOAT -> 0.5f;
            case DOUBLE ->
                List.of(0.1, Double.NaN, Double.POSITIVE_INFINITY, -1e300).get(variant % 4);
            case BOOLEAN -> true;
            case STRING -> "caf\u00e9 \"\n\u0001 \uD83D\uDE00";
            case BYTE_STRING -> Otlp.id(field.getName().equals("trace_id") ? 16 : 8, -1);
            case ENUM -> field.getEnumType().findValueByNumber(1);
            case MESSAGE -> throw new IllegalArgumentException(field.getFullName());
        };
    }

    @Test
    void whatIsEmptyIsAnEmptyObject() {
        assertThat(OtlpJsonText.of(Signal.LOGS.empty())).asString().isEqualTo("{}");
    }
}
