package io.faultprint.ingest.http;

import io.faultprint.ingest.gzip.GzipMembers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What became of a request's body. */
sealed interface Body {

    /** All of it; the claim holds as many bytes. */
    @SuppressWarnings("ArrayRecordComponent") // a buffer, never compared
    record Whole(byte[] bytes) implements Body {}

    /** Longer than the limit, before or after inflation. */
    record TooLong(String why) implements Body {}

    /** Not what its Content-Encoding says; {@code bytes} as far as they were inflated. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is
    record Broken(String why, byte[] bytes) implements Body {}

    /** Too much is on its way already. */
    record NoRoom() implements Body {}

    /** It had not all come when its time was over. */
    record TooSlow() implements Body {}

    /** The sender has gone, or sends chunks that are none: where its body ends cannot be known. */
    record Gone(Throwable why) implements Body {}

    /**
     * Inflates piece by piece, so that what inflates a thousandfold is refused before it is held.
     *
     * @param most bytes after inflation
     * @param claim holds the wire's bytes before, and what is returned after
     */
    static Body inflate(byte[] wire, long most, ByteBudget.Claim claim) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 << 10);
        try (GzipMembers in = new GzipMembers(new ByteArrayInputStream(wire))) {
            byte[] piece = new byte[32 << 10];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (out.size() + length > most) {
                    return new TooLong("the body inflates to more than " + most + " bytes; send smaller batches");
                }
                // Twice: the buffer that grows, and the copy that is handed on.
                if (!claim.take(2L * length)) {
                    return new NoRoom();
                }
                out.write(piece, 0, length);
            }
        } catch (IOException e) {
            return new Broken("not a whole gzip stream: " + e.getMessage(), out.toByteArray());
        }
        claim.give(wire.length + (long) out.size());
        return new Whole(out.toByteArray());
    }
}
