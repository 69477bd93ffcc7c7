package io.faultprint.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;

/**
 * OTLP in protobuf. A request that does not parse as a whole is taken apart along its frames, so that one log line in
 * Latin-1 costs itself and not its neighbours.
 */
public final class OtlpProtobuf {

    /** Deeper than any real attribute; the parser recurses, so the bound protects the stack. */
    private static final int NESTING = 64;

    private OtlpProtobuf() {}

    /** Reads the bytes of one request of this signal. */
    public static Decoded read(Signal signal, byte[] bytes, Parts parts) {
        try {
            PartCount.of(signal.empty().getDescriptorForType(), bytes, NESTING, parts);
            return read(signal, bytes, new Salvage(signal, parts));
        } catch (Parts.TooMany e) {
            return parts.tooMany();
        } catch (Parts.NoRoom e) {
            return new Decoded.NoRoom();
        }
    }

    private static Decoded read(Signal signal, byte[] bytes, Salvage salvage) {
        try {
            return new Decoded.Request(parse(signal.empty(), bytes), List.of());
        } catch (IOException whole) {
            try {
                return salvage.read(bytes);
            } catch (IOException frames) {
                return new Decoded.Undecodable(
                        "not an OTLP " + signal.path() + " request in protobuf: " + reason(whole));
            }
        }
    }

    static Message parse(Message type, byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.setRecursionLimit(NESTING);
        Message message = type.getParserForType().parseFrom(in);
        in.checkLastTagWas(0);
        return message;
    }

    /** Protobuf's messages speak of "the input" over several lines; the first sentence is enough for a sender. */
    static String reason(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof InvalidProtocolBufferException && message.contains("truncated")) {
            return "truncated: a field is longer than what is left of the body";
        }
        return message.lines().findFirst().orElse(message);
    }
}
