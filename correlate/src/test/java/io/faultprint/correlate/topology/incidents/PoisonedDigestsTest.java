package io.faultprint.correlate.topology.incidents;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.newError;
import static io.faultprint.correlate.incident.Story.odd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.letter.Letter;
import io.faultprint.snapshot.CutCount;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.SignatureAlias;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One poisoned record in digests: it is a dead letter, once, and incidents are what they would have been. */
class PoisonedDigestsTest {

    private static final long YEAR_9999 = 253_402_300_790_000L;

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, 2);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Poison(String what, String key, byte @Nullable [] bytes, String cause) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Poison> poisons() {
        Digest right = odd(1, "orders", 8).digest();
        byte[] whole = encoded(right);
        byte[] random = new byte[200];
        new Random(3).nextBytes(random);
        byte[] wrongMagic = whole.clone();
        wrongMagic[0] = 9;
        String text = "x".repeat(300_000);
        return Stream.of(
                new Poison("empty value", "prod", new byte[0], "MALFORMED"),
                new Poison("null value", "prod", null, "MALFORMED"),
                new Poison("random bytes", "prod", random, "MALFORMED"),
                new Poison("wrong magic", "prod", wrongMagic, "MALFORMED"),
                new Poison("truncated", "prod", Arrays.copyOf(whole, whole.length - 2), "MALFORMED"),
                new Poison("another key", "staging", whole, "BAD_KEY"),
                digest("no service", Digest.newBuilder(right).setService("").build(), "BAD_VALUE"),
                digest("a window that is none", window(right, at(1) + 3), "BAD_TIME"),
                digest("a window below zero", window(right, -10_000), "BAD_TIME"),
                digest("a window of the year 9999", window(right, YEAR_9999), "BAD_TIME"),
                digest(
                        "a strength that is no number",
                        odd(1, "orders", Double.NaN).digest(),
                        "BAD_VALUE"),
                digest("a service without end", odd(1, "o".repeat(2_000), 8).digest(), "BAD_VALUE"),
                digest(
                        "a surprise without end",
                        odd(1, "orders", 8, newError(text, 8, at(1))).digest(),
                        "BAD_VALUE"),
                digest(
                        "a hundred thousand edges",
                        Digest.newBuilder(right)
                                .setEdges(Collections.nCopies(50_000, new Edge("b", 1L, 0L, 1.0)))
                                .build(),
                        "BAD_VALUE"),
                digest(
                        "an edge that is no number",
                        Digest.newBuilder(right)
                                .setEdges(List.of(new Edge("b", 1L, 0L, Double.NaN)))
                                .build(),
                        "BAD_VALUE"),
                digest(
                        "an alias of what is no signature",
                        odd(1, "orders", 8).alias("sig1-a", "").digest(),
                        "BAD_VALUE"),
                digest(
                        "aliases without end",
                        Digest.newBuilder(right)
                                .setAliases(Collections.nCopies(1_001, new SignatureAlias("sig1-a", "sig1-b")))
                                .build(),
                        "BAD_VALUE"),
                tick("more sources", 0, 1_000, at(1), "BAD_VALUE"),
                tick("fewer sources", 0, 1, at(1), "BAD_VALUE"),
                tick("a source that is none", 2, 2, at(1), "BAD_VALUE"),
                tick("a source below zero", -1, 2, at(1), "BAD_VALUE"),
                tick("the year 9999", 0, 2, YEAR_9999, "BAD_TIME"),
                tick("the end of time", 0, 2, Long.MAX_VALUE, "BAD_TIME"),
                tick("a time below zero", 0, 2, -10_000, "BAD_TIME"),
                tick("inside of a window", 0, 2, at(1) + 1, "BAD_TIME"),
                new Poison(
                        "tick with counts below zero",
                        "",
                        encoded(new Tick(
                                0,
                                2,
                                at(1),
                                true,
                                false,
                                List.of(new LossCount("logs", 0L, -1L, 0L, 0L, 0L, 0L)),
                                0,
                                0,
                                List.of())),
                        "BAD_VALUE"),
                cuts("cuts below zero", new CutCount("forms", -1L)),
                cuts("a bound that is no name", new CutCount("x\"} 1\nfoo", 1L)),
                cuts(
                        "bounds without end",
                        Collections.nCopies(65, new CutCount("forms", 1L)).toArray(CutCount[]::new)));
    }

    private static Poison cuts(String what, CutCount... cuts) {
        Tick tick = new Tick(0, 2, at(1), true, false, List.of(), 0, 0, List.of(cuts));
        return new Poison("tick with " + what, "", encoded(tick), "BAD_VALUE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poisons")
    void aPoisonedRecordIsADeadLetterAlsoAsTheFirstOfItsTopic(Poison poison) {
        bench.raw(poison.key(), poison.bytes());

        bench.tell(odd(1, "orders", 8, newError("sig1-a", 8, at(1))));
        bench.tick(0, 2, 1).tick(1, 2, 1).tick(0, 2, 20).tick(1, 2, 20);

        assertThat(bench.out("dead-letters")).singleElement().satisfies(letter -> {
            assertThat(header(letter.headers(), Letter.CAUSE))
                    .as(header(letter.headers(), Letter.MESSAGE))
                    .isEqualTo(poison.cause());
            assertThat(letter.value()).isEqualTo(poison.bytes());
            assertThat(letter.key()).isEqualTo(poison.key().getBytes(UTF_8));
            assertThat(header(letter.headers(), Letter.STAGE)).isEqualTo("incidents");
            assertThat(header(letter.headers(), Letter.TOPIC)).isEqualTo("faultprint.digests");
            assertThat(header(letter.headers(), Letter.OFFSET)).isEqualTo("0");
        });
        assertThat(bench.out("late")).isEmpty();
        List<Incident> incidents = bench.incidents();
        assertThat(incidents).extracting(Incident::getServices).containsOnly(List.of("orders"));
        assertThat(incidents.get(0).getStarted()).isEqualTo(at(1));
        assertThat(incidents.get(incidents.size() - 1).getStatus()).isEqualTo(IncidentStatus.RESOLVED);
        assertThat(bench.rows(IncidentsTopology.PENDING_STORE)).isZero();
    }

    @Test
    void anIncidentOf1970BeforeABlindStretchOfDecadesHoldsNobodyUp() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            bench.tell(window(odd(1, "orders", 8, newError("sig1-a", 8, 0)).digest(), 0));

            bench.tick(0, 2, 0, false, false).tick(1, 2, 0, false, false);
            bench.tell(odd(1, "web", 8, newError("sig1-b", 8, at(1))))
                    .tick(0, 2, 3)
                    .tick(1, 2, 3);
            for (int i = 0; i < 20; i++) {
                bench.aMomentLater();
            }

            assertThat(bench.incidents())
                    .anySatisfy(incident -> assertThat(incident.getServices()).containsExactly("web"));
        });
    }

    private static Poison digest(String what, Digest digest, String cause) {
        return new Poison("digest: " + what, digest.getEnvironment(), encoded(digest), cause);
    }

    private static Poison tick(String what, int source, int sources, long upTo, String cause) {
        Tick tick = new Tick(source, sources, upTo, true, false, List.of(), 0, 0, List.of());
        return new Poison("tick: " + what, "", encoded(tick), cause);
    }

    private static Digest window(Digest digest, long start) {
        return Digest.newBuilder(digest)
                .setWindowStart(start)
                .setWindowEnd(start + 10_000)
                .build();
    }

    private static byte[] encoded(SpecificRecord value) {
        return Bench.CODEC.encode("any", value);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
