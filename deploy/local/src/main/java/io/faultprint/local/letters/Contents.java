package io.faultprint.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpProtobuf;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the original bytes of a letter say, decoded as far as that goes. */
public final class Contents {

    private static final int DUMPED = 1 << 10;
    private static final int LINES = 400;

    /** More than any letter has room for. */
    private static final int MOST_PARTS = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final AvroCodec codec;

    public Contents(AvroCodec codec) {
        this.codec = codec;
    }

    /**
     * What can be said of bytes.
     *
     * @param what one line: what the bytes are, or where reading them broke
     * @param lines the contents
     */
    public record Shown(String what, List<String> lines) {}

    /** The contents of a letter of this origin. */
    public Shown of(Origin origin, byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Shown("no value", List.of());
        }
        if (bytes.length == 0) {
            return new Shown("an empty value", List.of());
        }
        return origin instanceof Origin.Door door ? ofDoor(door, bytes) : ofTopic(bytes);
    }

    private Shown ofTopic(byte[] bytes) {
        try {
            var value = codec.decode(bytes);
            return new Shown("Avro, a " + value.getSchema().getFullName(), json(value.toString()));
        } catch (MalformedRecord broken) {
            return new Shown("no record of ours: " + broken.getMessage(), HexDump.of(bytes, DUMPED));
        }
    }

    private static Shown ofDoor(Origin.Door door, byte[] bytes) {
        if (door.contentType().contains("json")) {
            String text = new String(bytes, UTF_8);
            try {
                return new Shown("JSON", bounded(JSON.writeValueAsString(JSON.readTree(text))));
            } catch (JsonProcessingException broken) {
                return new Shown(
                        "no JSON: " + broken.getOriginalMessage() + " at byte "
                                + broken.getLocation().getByteOffset(),
                        HexDump.of(bytes, DUMPED));
            }
        }
        Optional<Signal> signal = Stream.of(Signal.values())
                .filter(each -> door.place().endsWith("/v1/" + each.path()))
                .findFirst();
        if (door.contentType().contains("protobuf") && signal.isPresent()) {
            Decoded decoded = OtlpProtobuf.read(signal.get(), bytes, Parts.upTo(MOST_PARTS));
            if (decoded instanceof Decoded.Request request && request.spoiled().isEmpty()) {
                return new Shown("OTLP in protobuf, " + signal.get().path(), bounded(request.text()));
            }
            return new Shown("OTLP in protobuf, damaged: " + why(decoded), HexDump.of(bytes, DUMPED));
        }
        return new Shown(
                "bytes of " + (door.contentType().isEmpty() ? "unknown type" : door.contentType()),
                HexDump.of(bytes, DUMPED));
    }

    private static String why(Decoded decoded) {
        if (decoded instanceof Decoded.Request request) {
            return request.spoiled().get(0).why();
        }
        return decoded instanceof Decoded.Undecodable undecodable
                ? undecodable.why()
                : "it has more than " + MOST_PARTS + " parts";
    }

    private static List<String> json(String text) {
        try {
            return bounded(JSON.writeValueAsString(JSON.readTree(text)));
        } catch (JsonProcessingException notQuite) {
            // Avro writes JSON but for a few values, such as bytes, that need not be.
            return bounded(text);
        }
    }

    private static List<String> bounded(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() <= LINES) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, LINES));
        some.add("… and " + (lines.size() - LINES) + " lines more");
        return some;
    }
}
