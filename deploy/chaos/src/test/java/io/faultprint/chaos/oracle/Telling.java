package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Stamp;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A small run as its topics tell it, whole at first; a test takes something away or puts something to it. */
final class Telling {

    static final long WINDOW = WorldSettings.WINDOWS.startOf(1_700_000_000_000L);
    private static final AvroCodec CODEC = AvroCodec.bundled();

    final Book book = new Book();
    final Sent sent = new Sent(book);
    final Said said = new Said(WorldSettings.RUN);
    private final Map<String, Long> offsets = new TreeMap<>();

    /** An event that was made, acknowledged and stands in its topic. */
    Place log(int sequence, String service, String batch) {
        Stamp stamp = new Stamp("s1", sequence);
        book.made(Book.Kind.LOGS, stamp);
        book.acknowledged(Book.Kind.LOGS, stamp);
        return stored(sequence, service, batch);
    }

    /** An event as it stands in its topic. */
    Place stored(int sequence, String service, String batch) {
        return stored(sequence, service, batch, WINDOW + sequence);
    }

    /** An event of that time as it stands in its topic. */
    Place stored(int sequence, String service, String batch, long time) {
        Envelope envelope = new Envelope("chaos", service, "", "", time, "door", batch, sequence, time, null);
        LogEvent log = LogEvent.newBuilder()
                .setEnvelope(envelope)
                .setSeverityNumber(9)
                .setSeverityFrom(SeverityFrom.RECORD)
                .setBody("a line")
                .setAttributes(Map.of(Stamp.ATTRIBUTE, new Stamp("s1", sequence).text()))
                .build();
        ConsumerRecord<byte[], byte[]> record = record("logs", 0, log);
        sent.accept(record);
        return Place.of(record);
    }

    /** The door promises that nothing earlier follows. */
    void promised(long watermark) {
        sent.accept(record("logs", 0, new Heartbeat("door", 1L, WINDOW, watermark, false, false)));
    }

    void snapshot(String service, long logs) {
        snapshot(service, logs, WINDOW);
    }

    void snapshot(String service, long logs, long window) {
        said.accept(record(
                "snapshots",
                0,
                Snapshot.newBuilder()
                        .setEnvironment("chaos")
                        .setService(service)
                        .setWindowStart(window)
                        .setWindowEnd(window + WorldSettings.WINDOWS.sizeMillis())
                        .setCovered(true)
                        .setLearning(true)
                        .setLogs(logs)
                        .setErrorLogs(0)
                        .setSpans(0)
                        .setSpanErrors(0)
                        .setConfiguration("test")
                        .build()));
    }

    /** The one source has closed the window, with these lines in it. */
    void tick(long kept, long late, long duplicated) {
        LossCount count = new LossCount("logs", kept + late + duplicated, kept, late, duplicated, 0L, 0L);
        said.accept(record(
                "digests",
                0,
                Tick.newBuilder()
                        .setSource(0)
                        .setSources(1)
                        .setUpTo(WINDOW + WorldSettings.WINDOWS.sizeMillis())
                        .setCovered(true)
                        .setCounts(List.of(count))
                        .build()));
    }

    /** The record of that place was refused into {@code late} or {@code dead-letters}. */
    void refused(String topic, Place place) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(WorldSettings.RUN.topic(topic), 0, next(topic), new byte[0], new byte[0]);
        Map.of(
                        "faultprint.topic", place.topic(),
                        "faultprint.partition", Integer.toString(place.partition()),
                        "faultprint.offset", Long.toString(place.offset()))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        said.accept(record);
    }

    void say(String topic, SpecificRecord value) {
        said.accept(record(topic, 0, value));
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, int partition, SpecificRecord value) {
        return new ConsumerRecord<>(
                WorldSettings.RUN.topic(topic), partition, next(topic), new byte[0], CODEC.encode(topic, value));
    }

    private long next(String topic) {
        return offsets.merge(topic, 1L, Long::sum);
    }

    List<String> broken() {
        return new EventChecks(book, sent, said)
                .all().stream()
                        .filter(finding -> !finding.holds())
                        .map(finding -> finding.promise() + ": " + finding.detail())
                        .toList();
    }
}
