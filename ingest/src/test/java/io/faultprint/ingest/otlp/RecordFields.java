package io.faultprint.ingest.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every field of every kind of record, however deep: taken from OTLP's own description, so that none can be forgotten. */
final class RecordFields {

    private static final Map<Signal, Message> RECORDS = Map.of(
            Signal.LOGS, LogRecord.getDefaultInstance(),
            Signal.METRICS, Metric.getDefaultInstance(),
            Signal.TRACES, Span.getDefaultInstance());

    private RecordFields() {}

    /** A field, and the fields that lead to it from its record. */
    record Place(Signal signal, List<FieldDescriptor> path) {

        FieldDescriptor field() {
            return path.get(path.size() - 1);
        }

        List<FieldDescriptor> above() {
            return path.subList(0, path.size() - 1);
        }

        @Override
        public String toString() {
            return signal.path() + "/"
                    + path.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining("."));
        }
    }

    static List<Place> all() {
        List<Place> places = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            Message record = RECORDS.get(signal);
            if (record != null) {
                walk(signal, record.getDescriptorForType(), List.of(), places);
            }
        }
        return places;
    }

    private static void walk(Signal signal, Descriptor type, List<FieldDescriptor> above, List<Place> places) {
        for (FieldDescriptor field : type.getFields()) {
            List<FieldDescriptor> path = new ArrayList<>(above);
            path.add(field);
            places.add(new Place(signal, path));
            // A value holds values: once around is every kind of nesting there is.
            boolean seen = above.stream().anyMatch(field::equals);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !seen) {
                walk(signal, field.getMessageType(), path, places);
            }
        }
    }
}
