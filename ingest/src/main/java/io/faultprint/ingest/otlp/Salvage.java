package io.faultprint.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a request apart along its frames: resources, scopes, records. The three signals share that shape: field 1 of a
 * request is a resource group, fields 1 and 2 of a group are the resource and its scope groups, fields 1 and 2 of a
 * scope group are the scope and its records (opentelemetry-proto 1.x).
 */
final class Salvage {

    private static final int OUTER = 1;
    private static final int INNER = 2;

    /** A longer resource or scope is not copied into the dead letter of each of its records. */
    static final int LONGEST_COPY = 16 << 10;

    private final Signal signal;
    private final Parts parts;
    private final List<Decoded.Spoiled> spoiled = new ArrayList<>();

    Salvage(Signal signal, Parts parts) {
        this.signal = signal;
        this.parts = parts;
    }

    /**
     * @throws IOException when the outermost frames do not hold, as in a truncated body
     */
    Decoded read(byte[] bytes) throws IOException {
        Message.Builder request = signal.empty().newBuilderForType();
        FieldDescriptor groups = field(request, OUTER);
        for (Frame frame : frames(bytes)) {
            if (frame.number() == OUTER) {
                Message.Builder group = request.newBuilderForField(groups);
                if (resource(group, frame.bytes())) {
                    request.addRepeatedField(groups, group.build());
                }
            }
        }
        return new Decoded.Request(request.build(), spoiled);
    }

    /** Fills a resource group with what can be read of it; false when nothing can. */
    private boolean resource(Message.Builder group, ByteString bytes) {
        try {
            group.mergeFrom(OtlpProtobuf.parse(group.getDefaultInstanceForType(), bytes.toByteArray()));
            return true;
        } catch (IOException damaged) {
            return takenApart(group, bytes, damaged);
        }
    }

    private boolean takenApart(Message.Builder group, ByteString bytes, IOException damaged) {
        FieldDescriptor scopes = field(group, INNER);
        ByteString resource = ByteString.EMPTY;
        try {
            for (Frame frame : frames(bytes.toByteArray())) {
                if (frame.number() == OUTER) {
                    resource = frame.bytes();
                    FieldDescriptor of = field(group, OUTER);
                    group.setField(
                            of,
                            OtlpProtobuf.parse(
                                    group.newBuilderForField(of).getDefaultInstanceForType(), resource.toByteArray()));
                } else if (frame.number() == INNER) {
                    Message.Builder scope = group.newBuilderForField(scopes);
                    records(scope, frame.bytes(), resource);
                    group.addRepeatedField(scopes, scope.build());
                }
            }
            return true;
        } catch (IOException beyondRepair) {
            parts.copied(bytes.size());
            spoiled.add(new Decoded.Spoiled(
                    wrap(OUTER, bytes).toByteArray(), "a resource and its records: " + OtlpProtobuf.reason(damaged)));
            return false;
        }
    }

    private void records(Message.Builder scope, ByteString bytes, ByteString resource) throws IOException {
        FieldDescriptor records = field(scope, INNER);
        ByteString described = ByteString.EMPTY;
        for (Frame frame : frames(bytes.toByteArray())) {
            Message type = scope.newBuilderForField(frame.number() == INNER ? records : field(scope, OUTER))
                    .getDefaultInstanceForType();
            if (frame.number() != OUTER && frame.number() != INNER) {
                continue;
            }
            try {
                Message read = OtlpProtobuf.parse(type, frame.bytes().toByteArray());
                if (frame.number() == INNER) {
                    scope.addRepeatedField(records, read);
                } else {
                    scope.setField(field(scope, OUTER), read);
                    described = frame.bytes();
                }
            } catch (IOException damaged) {
                boolean record = frame.number() == INNER;
                ByteString scoped = record ? described : frame.bytes();
                ByteString alone = record ? frame.bytes() : ByteString.EMPTY;
                parts.copied((long) kept(resource).size() + kept(scoped).size() + alone.size());
                spoiled.add(new Decoded.Spoiled(request(resource, scoped, alone), OtlpProtobuf.reason(damaged)));
            }
        }
    }

    /** A request with this record alone, spliced from raw bytes, so that it can be sent again once it is mended. */
    private static byte[] request(ByteString resource, ByteString scope, ByteString record) {
        ByteString records = part(OUTER, kept(scope)).concat(part(INNER, record));
        return wrap(OUTER, part(OUTER, kept(resource)).concat(wrap(INNER, records)))
                .toByteArray();
    }

    private static ByteString kept(ByteString described) {
        return described.size() <= LONGEST_COPY ? described : ByteString.EMPTY;
    }

    private static ByteString part(int number, ByteString bytes) {
        return bytes.isEmpty() ? ByteString.EMPTY : wrap(number, bytes);
    }

    private static ByteString wrap(int number, ByteString bytes) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(bytes)
                                .build())
                .build()
                .toByteString();
    }

    private static FieldDescriptor field(Message.Builder of, int number) {
        return of.getDescriptorForType().findFieldByNumber(number);
    }

    private record Frame(int number, ByteString bytes) {}

    private static List<Frame> frames(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        List<Frame> frames = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                frames.add(new Frame(WireFormat.getTagFieldNumber(tag), in.readBytes()));
            } else {
                in.skipField(tag);
            }
        }
        return frames;
    }
}
