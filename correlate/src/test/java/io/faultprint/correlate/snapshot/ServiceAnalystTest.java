package io.faultprint.correlate.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.span.Latency;
import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.LevelRow;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.event.ChangeKind;
import io.faultprint.event.MetricKind;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Facts about a service's judgement that hold whatever the thresholds are tuned to. */
class ServiceAnalystTest {

    private static final int LEARNED = 60;

    private final AnalystSettings settings = AnalystSettings.defaults("test");
    private final ServiceAnalyst analyst = new ServiceAnalyst(settings);
    private final Baselines rows = new Baselines();
    private final Map<String, String> templates = new TreeMap<>();
    private final Random random = new Random(1);
    private @Nullable ServiceRow service;
    private int now;

    @BeforeEach
    void aServiceInHealth() {
        for (int i = 0; i < LEARNED; i++) {
            see(healthy());
        }
    }

    @Test
    void healthIsNotRemarkable() {
        int remarkable = 0;
        for (int i = 0; i < 300; i++) {
            remarkable += see(healthy()).getStrength() >= settings.remarkable() ? 1 : 0;
        }

        assertThat(remarkable).isLessThanOrEqualTo(6);
    }

    @Test
    void aNewErrorIsTheStrongestSurprise() {
        Window odd = healthy();
        odd.lines.add(lines("sig-new", 17, 40, true));

        Digest digest = see(odd);

        assertThat(digest.getStrength()).isGreaterThan(settings.remarkable());
        assertThat(digest.getSurprises().get(0)).satisfies(surprise -> {
            assertThat(surprise.getKind()).isEqualTo(SurpriseKind.NEW_SIGNATURE);
            assertThat(surprise.getSubject()).isEqualTo("sig-new");
        });
    }

    @Test
    void aDeployBringsNewLinesAndThatAloneIsNothingStrong() {
        Window deploy = healthy();
        IntStream.range(0, 30).forEach(i -> deploy.lines.add(lines("sig-info-" + i, 9, 100, true)));
        Window errors = healthy();
        errors.lines.add(lines("sig-error", 17, 100, true));

        double ofDeploy = see(deploy).getStrength();

        assertThat(ofDeploy).isLessThan(see(errors).getStrength());
        assertThat(ofDeploy).isLessThan(3.5);
    }

    @Test
    void aSilentServiceIsASurpriseAndTheLongerTheStronger() {
        Digest first = see(new Window());
        Digest second = see(new Window());

        assertThat(second.getSurprises()).extracting(Surprise::getKind).containsExactly(SurpriseKind.SERVICE_SILENT);
        assertThat(second.getStrength()).isGreaterThan(first.getStrength());
    }

    @Test
    void whatWasNotCoveredIsNeitherJudgedNorLearned() {
        Map<String, Object> before = rows.copy();
        ServiceRow known = service;
        Window blind = new Window();
        blind.covered = false;

        Digest digest = see(blind);

        assertThat(digest.getSurprises()).isEmpty();
        assertThat(digest.getStrength()).isZero();
        assertThat(rows.copy()).isEqualTo(before);
        assertThat(service).isEqualTo(known);
    }

    @Test
    void aSlowOperationIsASurpriseWithItsTrace() {
        Window slow = healthy();
        slow.operations.clear();
        slow.operations.add(operation("GET /", 20, 0, 3_000));

        assertThat(see(slow).getSurprises())
                .filteredOn(surprise -> surprise.getKind() == SurpriseKind.SPAN_LATENCY)
                .singleElement()
                .satisfies(surprise -> {
                    assertThat(surprise.getObserved()).isBetween(2_900.0, 3_100.0);
                    assertThat(surprise.getExpected()).isBetween(30.0, 70.0);
                    assertThat(surprise.getTraceId()).isEqualTo("slow-trace");
                });
    }

    @Test
    void failingSpansAreASurpriseWithTheirTrace() {
        Window failing = healthy();
        failing.operations.clear();
        failing.operations.add(operation("GET /", 20, 15, 50));

        assertThat(see(failing).getSurprises())
                .filteredOn(surprise -> surprise.getKind() == SurpriseKind.SPAN_ERRORS)
                .singleElement()
                .satisfies(surprise -> assertThat(surprise.getTraceId()).isEqualTo("error-trace"));
    }

    @Test
    void anUnknownServiceIsBeingLearnedAndSurprisesNobody() {
        service = null;
        rows.clear();
        Window first = healthy();
        first.lines.add(lines("sig-new", 17, 1_000, true));

        Digest digest = see(first);

        assertThat(digest.getLearning()).isTrue();
        assertThat(digest.getSurprises()).isEmpty();
    }

    @Test
    void troubleIsStillOddAfterTwentyWindowsOfIt() {
        double first = see(inTrouble(true)).getStrength();
        double later = 0;
        for (int i = 0; i < 20; i++) {
            later = see(inTrouble(false)).getStrength();
        }

        assertThat(first).isGreaterThan(settings.remarkable());
        assertThat(later).isGreaterThan(settings.remarkable());
    }

    @Test
    void aDigestIsBoundedHoweverMuchIsOdd() {
        Window all = healthy();
        String text = "x".repeat(1_000);
        IntStream.range(0, 400).forEach(i -> {
            all.lines.add(new SignatureLines("sig-" + i, text, 17, 50, at(), at(), true, text, List.of(), List.of()));
            all.series.add(new SeriesValue("m" + i, "1", MetricKind.GAUGE, 1, 1));
            all.operations.add(operation("GET /" + i, 5, 5, 500));
            all.changes.add(new ChangeRef(
                    "c" + i,
                    "web",
                    at(),
                    ChangeKind.DEPLOY,
                    text,
                    text,
                    text,
                    text,
                    text,
                    Collections.nCopies(20, text)));
        });

        Digest digest = see(all);

        assertThat(digest.getSurprises()).hasSizeLessThanOrEqualTo(settings.digestSurprises());
        assertThat(digest.getSurprisesCut()).isGreaterThan(300);
        assertThat(digest.getChanges()).hasSizeLessThanOrEqualTo(5);
        assertThat(AvroCodec.bundled().encode("digests", digest).length).isLessThan(8_192);
    }

    private Window inTrouble(boolean first) {
        Window window = healthy();
        window.lines.add(lines("sig-new", 17, 40, first));
        window.operations.clear();
        window.operations.add(operation("GET /", 20, 15, 3_000));
        return window;
    }

    private Window healthy() {
        Window window = new Window();
        window.lines.add(lines("sig-usual", 9, 10 + random.nextInt(5), now == 0));
        if (random.nextInt(4) == 0) {
            window.lines.add(lines("sig-warn", 13, 1 + random.nextInt(2), !templates.containsKey("sig-warn")));
        }
        window.operations.add(operation("GET /", 18 + random.nextInt(5), 0, 45 + random.nextInt(10)));
        window.series.add(new SeriesValue("cpu", "1", MetricKind.GAUGE, (float) (0.4 + 0.1 * random.nextDouble()), 2));
        return window;
    }

    private Digest see(Window window) {
        window.lines.forEach(line -> templates.put(line.id(), line.template()));
        Assessment assessment = analyst.assess(window.build(), service, rows, templates);
        service = assessment.service();
        now++;
        return assessment.digest();
    }

    private long at() {
        return now * 10_000L;
    }

    private SignatureLines lines(String id, int severity, long count, boolean born) {
        return new SignatureLines(
                id,
                "template of " + id,
                severity,
                count,
                at() + 5,
                at() + 9,
                born,
                "example of " + id,
                List.of(),
                List.of());
    }

    private SpanPartial operation(String name, long count, long errors, long millis) {
        Latency latency = new Latency();
        for (int i = 0; i < count; i++) {
            latency.add(millis * 1_000_000);
        }
        return new SpanPartial(
                "prod",
                "web",
                at(),
                0,
                name,
                true,
                count,
                errors,
                (double) (count * millis * 1_000_000),
                latency.rows(),
                errors == 0 ? null : at() + 1,
                errors == 0 ? null : "error-trace",
                "slow-trace",
                errors == 0 ? "" : "no answer",
                List.of("1.0"));
    }

    private final class Window {
        private final List<SignatureLines> lines = new ArrayList<>();
        private final List<SeriesValue> series = new ArrayList<>();
        private final List<SpanPartial> operations = new ArrayList<>();
        private final List<ChangeRef> changes = new ArrayList<>();
        private boolean covered = true;

        private ServiceWindow build() {
            return new ServiceWindow(
                    "prod",
                    "web",
                    at(),
                    at() + 10_000,
                    covered,
                    lines,
                    series,
                    operations,
                    List.of(),
                    changes,
                    List.of(),
                    1,
                    List.of("1.0"),
                    0,
                    List.of());
        }
    }

    private static final class Baselines implements BaselineRows {

        private final Map<String, CountRow> counts = new HashMap<>();
        private final Map<String, LevelRow> levels = new HashMap<>();

        private Map<String, Object> copy() {
            Map<String, Object> copy = new HashMap<>(counts);
            levels.forEach((subject, row) -> copy.put("level " + subject, row));
            return copy;
        }

        private void clear() {
            counts.clear();
            levels.clear();
        }

        @Override
        public @Nullable CountRow count(String subject) {
            return counts.get(subject);
        }

        @Override
        public void put(String subject, CountRow row) {
            counts.put(subject, row);
        }

        @Override
        public @Nullable LevelRow level(String subject) {
            return levels.get(subject);
        }

        @Override
        public void put(String subject, LevelRow row) {
            levels.put(subject, row);
        }
    }
}
