package io.faultprint.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the parts of a protobuf message without building any: a walk along its tags, as its type says. Damage ends the
 * walk of the message that has it; what a parser makes of that message ends there too.
 */
final class PartCount {

    /** A packed list grows by doubling, at eight bytes an element: two elements cost about a quarter of a part. */
    private static final int PACKED_BYTES_PER_PART = 4;

    private final CodedInputStream in;
    private final Parts parts;

    private PartCount(CodedInputStream in, Parts parts) {
        this.in = in;
        this.parts = parts;
    }

    static void of(Descriptor type, byte[] bytes, int nesting, Parts parts) {
        PartCount count = new PartCount(CodedInputStream.newInstance(bytes), parts);
        try {
            count.message(type, nesting);
        } catch (IOException damaged) {
            // Said by the parser, which comes to the same place.
        }
    }

    private void message(Descriptor type, int nesting) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (field == null || !delimited) {
                // A known number is a field that is there anyway; anything unknown is kept by the parser, groups whole.
                parts.add(field == null || field.isRepeated() ? 1 : 0);
                skip(tag, nesting);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                parts.add(1);
                nested(field.getMessageType(), nesting - 1);
            } else {
                int length = in.readRawVarint32();
                parts.add(field.isRepeated() ? Math.max(length, 0) / PACKED_BYTES_PER_PART : 0);
                in.skipRawBytes(length);
            }
        }
    }

    private void nested(Descriptor type, int nesting) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        try {
            if (nesting > 0) {
                message(type, nesting);
            }
        } catch (InvalidProtocolBufferException damaged) {
            // Its neighbours are still read, one by one.
        }
        in.skipRawBytes(in.getBytesUntilLimit());
        in.popLimit(outer);
    }

    private void skip(int tag, int nesting) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_START_GROUP) {
            in.skipField(tag);
            return;
        }
        if (nesting <= 1) {
            throw new InvalidProtocolBufferException("nested too deeply");
        }
        int end = WireFormat.WIRETYPE_END_GROUP;
        for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
            if (WireFormat.getTagWireType(inner) == end) {
                return;
            }
            parts.add(1);
            skip(inner, nesting - 1);
        }
    }
}
