package io.faultprint.serde;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import java.nio.ByteBuffer;

/** A process in which Avro has read its limits before any codec was made, and which is then sent a length of 900 MB. */
final class AvroUsedBefore {

    private AvroUsedBefore() {}

    public static void main(String[] args) {
        Envelope.newBuilder()
                .setEnvironment("e")
                .setService("s")
                .setEventTime(0)
                .setDoor("d")
                .setIndex(0)
                .setReceivedAt(0)
                .build();
        byte[] bytes = ByteBuffer.allocate(10)
                .put((byte) 0)
                .putInt(BundledSchemas.idOf(Heartbeat.getClassSchema()))
                .put(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x84, 0x07})
                .array();
        try {
            AvroCodec.bundled().decode(bytes);
        } catch (MalformedRecord refused) {
            System.out.println(refused);
        }
    }
}
