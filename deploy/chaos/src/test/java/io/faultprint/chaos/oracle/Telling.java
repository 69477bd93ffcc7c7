package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Stamp;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.snapshot.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A small run as its topics tell it, whole at first; a test takes something away or puts something to it. */
final class Telling {

    static final long END = WorldSettings.WINDOWS.endOf(1_700_000_000_000L);
    static final long WINDOW = WorldSettings.WINDOWS.startOf(1_700_000_000_000L);
    private static final AvroCodec CODEC = AvroCodec.bundled();

    final Book book = new Book();
    final Sent sent = new Sent(book);
    final Said said = new Said(WorldSettings.RUN);
    private final Map<String, Long> offsets = new TreeMap<>();

    /** An event that was made, acknowledged and stands in its topic. */
    Place log(int sequence, String service, String batch) {
        Stamp stamp = new Stamp("s1", sequence);
        book.made(Book.Kind.LOGS, stamp, service, WINDOW + sequence);
        book.posted(Book.Kind.LOGS, stamp);
        book.acknowledged(Book.Kind.LOGS, stamp);
        return stored(sequence, service, batch);
    }

    /** An event of a clock that is far ahead, which counts at its receipt. */
    Place ahead(int sequence, String service, String batch, long received) {
        Stamp stamp = new Stamp("s1", sequence);
        book.made(Book.Kind.LOGS, stamp, service, received + 86_400_000);
        book.acknowledged(Book.Kind.LOGS, stamp);
        posted(sequence, 2);
        return stored(sequence, service, batch, received);
    }

    /** The request with it was sent so many times more. */
    void posted(int sequence, int times) {
        for (int i = 0; i < times; i++) {
            book.posted(Book.Kind.LOGS, new Stamp("s1", sequence));
        }
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
        snapshot(service, logs, window, List.of());
    }

    void silent(String service) {
        snapshot(service, 0, WINDOW, List.of(silence()));
    }

    private static Surprise silence() {
        return Surprise.newBuilder()
                .setKind(SurpriseKind.SERVICE_SILENT)
                .setSubject("orders")
                .setLabel("orders")
                .setDirection(Direction.DOWN)
                .setObserved(0)
                .setExpected(9)
                .setExpectedLow(5)
                .setExpectedHigh(13)
                .setScore(7)
                .setOnset(WINDOW)
                .setHistory(100)
                .build();
    }

    private void snapshot(String service, long logs, long window, List<Surprise> surprises) {
        said.accept(record(
                "snapshots",
                0,
                Snapshot.newBuilder()
                        .setSurprises(surprises)
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
        return Stream.concat(
                        new EventChecks(book, sent, said).all().stream(), new TimeChecks(sent, said).all().stream())
                .filter(finding -> !finding.holds())
                .map(finding -> finding.promise() + ": " + finding.detail())
                .toList();
    }
}
