package io.faultprint.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** Requests of three records of one scope: a sound one called left, any one, and a sound one called right. */
final class Neighbours {

    private Neighbours() {}

    static byte[] json(Signal signal, String record) {
        String scopes = signal.jsonField().replace("resource", "scope");
        String items = switch (signal) {
            case LOGS -> "logRecords";
            case METRICS -> "metrics";
            case TRACES -> "spans";
        };
        String name = signal == Signal.LOGS ? "eventName" : "name";
        String request = "{\"" + signal.jsonField() + "\":[{\"" + scopes + "\":[{\"" + items + "\":[{\"" + name
                + "\":\"left\"}," + record + ",{\"" + name + "\":\"right\"}]}]}]}";
        return request.getBytes(UTF_8);
    }

    static byte[] protobuf(Signal signal, ByteString record) {
        int name = signal == Signal.LOGS ? 12 : signal == Signal.METRICS ? 1 : 5;
        ByteString scope = field(2, field(name, ByteString.copyFromUtf8("left")))
                .concat(field(2, record))
                .concat(field(2, field(name, ByteString.copyFromUtf8("right"))));
        return field(1, field(2, scope)).toByteArray();
    }

    static ByteString field(int number, ByteString bytes) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(bytes)
                                .build())
                .build()
                .toByteString();
    }

    /** What the records of a request are called. */
    static List<String> names(Message request) {
        return parts(request).stream()
                .flatMap(group -> parts(group).stream())
                .flatMap(scope -> parts(scope).stream())
                .map(Neighbours::name)
                .toList();
    }

    private static String name(Message record) {
        Descriptor type = record.getDescriptorForType();
        FieldDescriptor event = type.findFieldByName("event_name");
        return String.valueOf(record.getField(event == null ? type.findFieldByName("name") : event));
    }

    /** The messages of the one repeated field that a request, a group and a scope have. */
    private static List<Message> parts(Message message) {
        return message.getAllFields().entrySet().stream()
                .filter(entry -> entry.getKey().isRepeated())
                .flatMap(entry -> ((List<?>) entry.getValue()).stream().map(Message.class::cast))
                .toList();
    }
}
