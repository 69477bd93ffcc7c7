package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.serde.AvroCodec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log files that are written, rotated and truncated while the file door follows them into a real broker. */
class FilesIT {

    private static final int OLD = 3_000;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    static Path data;

    static NodeProcess broker;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyLineOfARotatedAndTruncatedFileArrivesOnceAndNoneIsLate() throws Exception {
        Path log = Files.createDirectories(data.resolve("rotated")).resolve("shop.log");
        Kafka kafka = new Kafka(broker.address(), "rotated");
        try (Writer writer = new Writer(log)) {
            writer.backlog(OLD);
            try (Door door = door("rotated", log)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> lines(kafka).size() >= OLD);
                writer.start();
                writer.atLeast(100);
                Files.move(log, log.resolveSibling("shop.log.1"));
                writer.reopen();
                writer.atLeast(100);
                writer.copyAndTruncate(log.resolveSibling("shop.log.2"));
                writer.atLeast(100);
                assertThat(door.stage().check().live()).isTrue();
            }
            writer.atLeast(100);
            try (Door again = door("rotated", log)) {
                int written = writer.stop();
                await().atMost(Duration.ofSeconds(30)).until(() -> lines(kafka).size() >= written);

                assertThat(lines(kafka)).hasSize(written).doesNotHaveDuplicates();
                assertThat(again.stage().check().live()).isTrue();
            }
        }
        assertThatNothingIsLate(kafka);
    }

    @Test
    void afterAKillEveryLineIsThereAndWhatIsThereTwiceIsKnownToBe() throws Exception {
        Path log = Files.createDirectories(data.resolve("killed")).resolve("shop.log");
        Kafka kafka = new Kafka(broker.address(), "killed");
        Door.topics(broker.address(), "killed");
        try (Writer writer = new Writer(log)) {
            writer.backlog(1);
            Process first = process("killed", log);
            try {
                writer.start();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> first.isAlive() && lines(kafka).size() > 300);
            } finally {
                first.destroyForcibly().waitFor();
            }
            writer.atLeast(50);
            try (Door again = door("killed", log)) {
                int written = writer.stop();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> Set.copyOf(lines(kafka)).size() >= written);
                assertThat(again.stage().check().live()).isTrue();

                assertThat(Set.copyOf(lines(kafka))).hasSize(written);
            }
        }
        Map<String, Set<String>> ids = ids(kafka);
        assertThat(ids).allSatisfy((line, names) -> assertThat(names).hasSize(1));
        assertThat(ids.values().stream().distinct().count()).isEqualTo(ids.size());
    }

    @Test
    void aBrokerThatStandsStillCostsTimeAndNoLine() throws Exception {
        Path log = Files.createDirectories(data.resolve("still")).resolve("shop.log");
        Kafka kafka = new Kafka(broker.address(), "still");
        Map<String, String> settings = new HashMap<>(files(log));
        settings.put("kafka.delivery", "2s");
        try (Writer writer = new Writer(log);
                Door door = new Door(broker.address(), "still", data.resolve("still-state"), settings)) {
            writer.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> lines(kafka).size() > 50);
            signal("STOP");
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !door.stage().check().ready());
                writer.atLeast(500);
            } finally {
                signal("CONT");
            }
            int written = writer.stop();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Set.copyOf(lines(kafka)).size() >= written);

            assertThat(Set.copyOf(lines(kafka))).hasSize(written);
            assertThat(ids(kafka)).allSatisfy((line, names) -> assertThat(names).hasSize(1));
        }
    }

    private static void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Under which batch and index each line is there; one, however often it was sent. */
    private static Map<String, Set<String>> ids(Kafka kafka) {
        return kafka.events("logs", LogEvent.class, log -> true).stream()
                .collect(Collectors.groupingBy(
                        LogEvent::getBody,
                        Collectors.mapping(
                                event -> event.getEnvelope().getSenderBatchId() + "#"
                                        + event.getEnvelope().getIndex(),
                                Collectors.toSet())));
    }

    private static Door door(String prefix, Path log) {
        return new Door(broker.address(), prefix, data.resolve(prefix + "-state"), files(log));
    }

    private static Map<String, String> files(Path log) {
        return Map.of("files.shop.paths", log + "*", "files.shop.service", "shop", "files.shop.start", "beginning");
    }

    /** Ingest as a process of its own, to be killed. */
    private static Process process(String prefix, Path log) throws IOException {
        Map<String, String> settings = new HashMap<>(files(log));
        settings.putAll(Map.of(
                "kafka.bootstrap-servers",
                broker.address(),
                "run.prefix",
                prefix,
                "http.port",
                "0",
                "admin.port",
                "0",
                "door.name",
                "test-door",
                "state.dir",
                data.resolve(prefix + "-state").toString()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve(prefix + ".out").toFile())
                .start();
    }

    private static List<String> lines(Kafka kafka) {
        return kafka.events("logs", LogEvent.class, log -> true).stream()
                .map(LogEvent::getBody)
                .toList();
    }

    /** An event is late when its window has ended before what all doors have promised where it stands. */
    private static void assertThatNothingIsLate(Kafka kafka) {
        AvroCodec codec = AvroCodec.bundled();
        Map<Integer, Map<String, Long>> promised = new HashMap<>();
        Map<Integer, Long> watermark = new HashMap<>();
        List<Long> late = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : kafka.all("logs")) {
            Object event = codec.decode(record.value());
            if (event instanceof Heartbeat beat) {
                Map<String, Long> doors = promised.computeIfAbsent(record.partition(), none -> new HashMap<>());
                doors.put(beat.getDoor(), beat.getWatermark());
                long least =
                        doors.values().stream().mapToLong(each -> each).min().orElseThrow();
                watermark.merge(record.partition(), least, Math::max);
            } else if (event instanceof LogEvent log) {
                long end = Math.floorDiv(log.getEnvelope().getEventTime(), 10_000L) * 10_000 + 10_000;
                Long reached = watermark.get(record.partition());
                if (reached != null && end <= reached) {
                    late.add(log.getEnvelope().getEventTime());
                }
            }
        }
        assertThat(watermark).hasSize(4);
        assertThat(late).isEmpty();
    }

    /** A service that writes numbered lines into a file, as fast as a busy one does. */
    private static final class Writer implements AutoCloseable {
        private final Path log;
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicBoolean done = new AtomicBoolean();
        private final Thread thread = new Thread(this::write, "writer");
        private FileChannel channel;

        Writer(Path log) throws IOException {
            this.log = log;
            this.channel = open();
        }

        private FileChannel open() throws IOException {
            return FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        /** Lines of an hour ago, half a second each from then on. */
        void backlog(int count) throws IOException {
            Instant begin = Instant.now().minus(HOUR);
            String text = IntStream.range(0, count)
                    .mapToObj(i -> line(begin.plusMillis(500L * i)))
                    .collect(Collectors.joining());
            line(text);
        }

        private synchronized void line(String text) throws IOException {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }

        private String line(Instant time) {
            return time + " INFO order " + written.getAndIncrement() + " placed\n";
        }

        void start() {
            thread.start();
        }

        private void write() {
            try {
                while (!done.get()) {
                    line(line(Instant.now()));
                    java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
                }
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }

        void atLeast(int more) {
            int then = written.get() + more;
            await().atMost(Duration.ofSeconds(20)).until(() -> written.get() >= then);
        }

        synchronized void reopen() throws IOException {
            channel.close();
            channel = open();
        }

        /** What falls between copy and truncation is lost by copytruncate itself: nobody writes meanwhile. */
        synchronized void copyAndTruncate(Path copy) throws IOException {
            Files.copy(log, copy);
            channel.truncate(0);
        }

        int stop() throws InterruptedException {
            done.set(true);
            thread.join();
            return written.get();
        }

        @Override
        public void close() throws IOException {
            done.set(true);
            channel.close();
        }
    }
}
