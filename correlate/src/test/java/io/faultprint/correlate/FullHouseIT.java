package io.faultprint.correlate;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.topology.signals.Cut;
import io.faultprint.correlate.topology.signals.Events;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.SpanEvent;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every bound of signals reached in all four partitions of one stage in a heap of 512 MB, on a real broker: it goes on,
 * and says what it left out. Minutes of work, so only with {@code -Dfaultprint.full-house=true}; it prints the heap.
 */
class FullHouseIT {

    private static final int PARTITIONS = 4;
    private static final int SERVICES = 4_400;
    private static final int STRANGERS = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Pattern FULL = Pattern.compile("Pause Full \\(Diagnostic Command\\) \\d+M->(\\d+)M");

    @TempDir
    static Path directory;

    private final Random random = new Random(1);
    private int batches;

    @Test
    void everyBoundAtOnceFitsIntoHalfAGigabyte() throws Exception {
        assumeThat(Boolean.getBoolean("faultprint.full-house"))
                .as("skipped: takes minutes; run it with -Dfaultprint.full-house=true")
                .isTrue();
        try (NodeProcess kafka = Nodes.kafka(directory.resolve("kafka"));
                Topics topics = new Topics(kafka.address(), "full", PARTITIONS)) {
            Process stage = stage(kafka.address());
            try {
                for (int window = 0; window < 3; window++) {
                    topics.send(healthy(window));
                    beat(topics, window + 1, false);
                }
                patiently().until(() -> topics.ticked(at(3)));
                say("services known", stage);

                for (int window = 3; window < 6; window++) {
                    topics.send(counters(window));
                    beat(topics, window + 1, false);
                }
                topics.send(lines());
                topics.send(spans());
                topics.send(strangers());
                patiently().until(() -> topics.drained("signals"));
                long open = say("windows open", stage);

                beat(topics, 9, false);
                patiently().until(() -> topics.ticked(at(9)));
                long closed = say("windows closed", stage);
                beat(topics, 10, true);
                patiently().until(topics::ended);

                System.out.println("left out: " + topics.cuts());
                assertThat(stage.isAlive()).isTrue();
                assertThat(topics.cuts())
                        .extracting(cut -> cut.split(" ", 2)[0])
                        .contains(
                                Cut.SERVICES.label(),
                                Cut.FORMS.label(),
                                Cut.SIGNATURES.label(),
                                Cut.BASELINES.label(),
                                Cut.COUNTERS.label(),
                                Cut.WAITING.label(),
                                Cut.BATCHES.label());
                assertThat(Math.max(open, closed))
                        .as("MB after a full collection")
                        .isLessThan(340);
            } finally {
                stage.destroy();
                stage.waitFor();
            }
        }
    }

    /** Each look reads a topic whole. */
    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(3));
    }

    private static void beat(Topics topics, int window, boolean last) throws Exception {
        topics.beat(new Heartbeat("door", 1L, at(0), at(window), last, false));
    }

    /** What is left of the heap after a full collection, in MB. */
    private static long say(String when, Process stage) throws Exception {
        new ProcessBuilder("jcmd", Long.toString(stage.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        long left = -1;
        Matcher full = FULL.matcher(Files.readString(directory.resolve("gc.log")));
        while (full.find()) {
            left = Long.parseLong(full.group(1));
        }
        System.out.println(when + ": " + left + " MB");
        return left;
    }

    private static Process stage(String kafka) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xlog:gc:file=" + directory.resolve("gc.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CorrelateMain.class.getName(),
                        "--kafka.bootstrap-servers=" + kafka,
                        "--run.id=full",
                        "--partitions.events=" + PARTITIONS,
                        "--signals.learning-windows=2",
                        "--streams.state-dir=" + directory.resolve("state"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("stage.log").toFile())
                .start();
    }

    private List<SpecificRecord> healthy(int window) {
        return IntStream.range(0, SERVICES)
                .<SpecificRecord>mapToObj(i -> batched(Events.info("service-" + i, at(window), "ready")))
                .toList();
    }

    /** More series of each service than all of a partition may have baselines. */
    private List<SpecificRecord> counters(int window) {
        List<SpecificRecord> points = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) {
            for (int series = 0; series < 21; series++) {
                points.add(Events.counter("service-" + service, at(window), "requests." + series, window * 7.0));
            }
        }
        return points;
    }

    /** Every service has more to say than all may have signatures; some say more than may stand in a window. */
    private List<SpecificRecord> lines() {
        List<SpecificRecord> lines = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) {
            for (int line = 0; line < 11; line++) {
                lines.add(batched(Events.info("service-" + service, at(6) + line, words(20))));
            }
        }
        for (int i = 0; i < 40_000; i++) {
            lines.add(batched(Events.info("service-" + i % 16, at(7) + i % 10_000, words(200))));
        }
        return lines;
    }

    private List<SpecificRecord> spans() {
        List<SpecificRecord> spans = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            SpanEvent span = Events.span(
                    "service-" + i % SERVICES,
                    "%032x".formatted(random.nextLong()),
                    "%016x".formatted(i),
                    "%016x".formatted(i + 1L),
                    at(6) + i % 10_000,
                    1 + i % 1_000,
                    false);
            spans.add(SpanEvent.newBuilder(span).setName(words(20)).build());
        }
        return spans;
    }

    private List<SpecificRecord> strangers() {
        return IntStream.range(0, STRANGERS)
                .<SpecificRecord>mapToObj(i -> batched(Events.info("pod-" + i, at(8), words(10))))
                .toList();
    }

    private SpecificRecord batched(io.faultprint.event.LogEvent line) {
        return Events.inBatch(line, "batch-%060d".formatted(batches++), 0);
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < count; word++) {
            for (int letter = 0; letter < 8; letter++) {
                words.append((char) ('a' + random.nextInt(26)));
            }
            words.append(' ');
        }
        return words.toString().trim();
    }
}
