package io.faultprint.scenario.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.scenario.plan.FaultKind;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.signal.Signal.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorldTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final long START_NANOS = START.getEpochSecond() * 1_000_000_000L;
    private static final int ONSET = 60;
    private static final int END = 120;
    private final Scenario shop = Scenario.shop();

    @Test
    void aSlowDatabaseSlowsItsServiceAndItsCallersAndNobodyElse() {
        List<Signal> signals = run(fault(FaultKind.SLOW_DATABASE, "catalogue", "catalogue-db", 150), 130);

        for (String slowed : List.of("catalogue", "carts", "storefront", "gateway")) {
            assertThat(p90(signals, slowed, ONSET + 10, END)).isGreaterThan(3 * p90(signals, slowed, 0, ONSET));
        }
        for (String unrelated : List.of("search", "customers", "payments", "inventory", "recommendations")) {
            assertThat(p90(signals, unrelated, ONSET + 10, END)).isLessThan(1.5 * p90(signals, unrelated, 0, ONSET));
        }
    }

    @Test
    void aBadDeployFailsInTheServiceAndItsCallersAndWithANewException() {
        List<Signal> signals = run(fault(FaultKind.BAD_DEPLOY, "orders", null, 0.8), 130);

        for (String failing : List.of("orders", "storefront", "gateway")) {
            assertThat(errors(signals, failing, 0, ONSET)).isZero();
            assertThat(errors(signals, failing, ONSET, END)).isPositive();
        }
        for (String unrelated : List.of("search", "customers", "catalogue", "carts", "payments")) {
            assertThat(errors(signals, unrelated, ONSET, END)).isZero();
        }
        assertThat(spans(signals, "orders", ONSET, END).stream()
                        .filter(Span::error)
                        .filter(span -> span.kind() == Span.Kind.SERVER)
                        .map(span -> span.exception().get("exception.stacktrace")))
                .allSatisfy(trace -> assertThat(trace.toString()).contains("at com.example.shop.orders."));
    }

    @Test
    void aPoolRunsDryFromWhatItLeaksAndIsWholeAfterTheRestart() {
        List<Signal> signals = run(fault(FaultKind.POOL_EXHAUSTED, "customers", "customers-db", 1.5), 200);

        assertThat(gauge(signals, "customers", "db.client.connection.count", 0, ONSET))
                .isLessThan(8);
        assertThat(gauge(signals, "customers", "db.client.connection.count", ONSET, END))
                .isEqualTo(8);
        assertThat(errors(signals, "orders", ONSET, END)).isZero();
        assertThat(errors(signals, "storefront", ONSET, END)).isPositive();
        assertThat(errors(signals, "customers", END + 20, 200)).isZero();
    }

    @Test
    void aLeakEndsInDeathsAndTheCountersStartAnew() {
        List<Signal> signals = run(fault(FaultKind.MEMORY_LEAK, "recommendations", null, 35), 130);

        long deaths = logs(signals, "recommendations").stream()
                .filter(log -> log.body().contains("no memory left"))
                .count();
        assertThat(deaths).isGreaterThanOrEqualTo(3);
        assertThat(signals.stream()
                        .filter(Signal.Point.class::isInstance)
                        .map(Signal.Point.class::cast)
                        .filter(point -> point.service().equals("recommendations"))
                        .map(Signal.Point::value)
                        .filter(Signal.Point.Counter.class::isInstance)
                        .map(value -> ((Signal.Point.Counter) value).startNanos())
                        .distinct())
                .hasSizeGreaterThan(2);
    }

    @Test
    void aSilentWorkerLetsItsQueueGrowAndFailsNobody() {
        List<Signal> signals = run(fault(FaultKind.WORKER_SILENT, "shipping", null, 1), 130);

        assertThat(gauge(signals, "shipping", "messaging.queue.depth", 0, ONSET))
                .isLessThan(10);
        assertThat(gauge(signals, "shipping", "messaging.queue.depth", ONSET, END))
                .isGreaterThan(40);
        assertThat(spans(signals, "shipping", ONSET + 5, END)).isEmpty();
        assertThat(spans(signals, "mailer", ONSET + 5, END)).isNotEmpty();
        assertThat(errors(signals, "gateway", ONSET, END)).isZero();
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyRequestIsCompletedFailedOrInFlight(FaultKind kind) {
        Scenario scenario = Scenario.bundled(kind.label());
        PlannedFault drawn =
                Timetable.draw(scenario, Settings.of(9), 1_800_000).faults().get(0);
        PlannedFault fault = fault(kind, drawn.service(), drawn.component(), drawn.size());
        var timetable = new Timetable(new Settings(9, ONSET, 60, 60, 1, 30), List.of(fault), List.of());
        var world = new World(scenario, timetable, START, signal -> {});

        for (int second = 1; second <= END + 20; second += 7) {
            int now = second;
            world.advanceTo(now * 1_000_000_000L);

            world.tallies()
                    .forEach((service, tally) -> assertThat(tally.completed() + tally.failed() + tally.inFlight())
                            .as("%s at %d s: %s", service, now, tally)
                            .isEqualTo(tally.arrived()));
        }
    }

    @Test
    void tracesHangTogether() {
        List<Signal> signals = run(fault(FaultKind.CPU_SATURATION, "search", null, 40), 90);
        List<Span> spans = signals.stream()
                .filter(Span.class::isInstance)
                .map(Span.class::cast)
                .toList();
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> assertThat(ids.add(span.spanId())).isTrue());

        assertThat(spans).allSatisfy(span -> {
            assertThat(span.traceId()).matches("[0-9a-f]{32}");
            assertThat(span.spanId()).matches("[0-9a-f]{16}");
            assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
        });
        // A parent can still be open when the run ends, or end before its child did.
        long early = START_NANOS + 70 * 1_000_000_000L;
        assertThat(spans.stream().filter(span -> span.startNanos() < early).filter(span -> span.parentId() != null))
                .allMatch(span -> ids.contains(span.parentId()));
    }

    @Test
    void signalsComeInTheOrderOfTheirTimes() {
        List<Signal> signals = run(fault(FaultKind.PROVIDER_DOWN, "payments", "api.paygate.example", 1), 130);

        for (int i = 1; i < signals.size(); i++) {
            assertThat(signals.get(i).timeNanos())
                    .isGreaterThanOrEqualTo(signals.get(i - 1).timeNanos());
        }
    }

    private PlannedFault fault(FaultKind kind, String service, @Nullable String component, double size) {
        return new PlannedFault(
                kind,
                service,
                component,
                ONSET * 1000L,
                0,
                (END - ONSET) * 1000L,
                size,
                List.of(),
                false,
                shop.callersOf(service),
                switch (kind) {
                    case ZONE_OUTAGE -> shop.nodes().zone(service, 0);
                    case NOISY_NEIGHBOUR -> shop.nodes().of(service, 0);
                    default -> null;
                });
    }

    private List<Signal> run(PlannedFault fault, int seconds) {
        var signals = new ArrayList<Signal>();
        world(fault, signals).advanceTo(seconds * 1_000_000_000L);
        return signals;
    }

    private World world(PlannedFault fault, List<Signal> signals) {
        var timetable = new Timetable(new Settings(17, ONSET, 60, 60, 1, 0), List.of(fault), List.of());
        return new World(shop, timetable, START, signals::add);
    }

    private static List<Span> spans(List<Signal> signals, String service, int from, int to) {
        return signals.stream()
                .filter(Span.class::isInstance)
                .map(Span.class::cast)
                .filter(span -> span.service().equals(service))
                .filter(span -> span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER)
                .filter(span -> within(span, from, to))
                .toList();
    }

    private static List<Signal.Log> logs(List<Signal> signals, String service) {
        return signals.stream()
                .filter(Signal.Log.class::isInstance)
                .map(Signal.Log.class::cast)
                .filter(log -> log.service().equals(service))
                .toList();
    }

    private static boolean within(Signal signal, int from, int to) {
        double seconds = (signal.timeNanos() - START_NANOS) / 1e9;
        return seconds >= from && seconds < to;
    }

    private static double p90(List<Signal> signals, String service, int from, int to) {
        double[] sorted = spans(signals, service, from, to).stream()
                .mapToDouble(span -> (span.endNanos() - span.startNanos()) / 1e6)
                .sorted()
                .toArray();
        return sorted[(int) (sorted.length * 0.9)];
    }

    private static long errors(List<Signal> signals, String service, int from, int to) {
        return spans(signals, service, from, to).stream().filter(Span::error).count();
    }

    private static double gauge(List<Signal> signals, String service, String metric, int from, int to) {
        return signals.stream()
                .filter(Signal.Point.class::isInstance)
                .map(Signal.Point.class::cast)
                .filter(point -> point.service().equals(service) && point.name().equals(metric))
                .filter(point -> within(point, from, to))
                .map(Signal.Point::value)
                .filter(Signal.Point.Gauge.class::isInstance)
                .mapToDouble(value -> ((Signal.Point.Gauge) value).value())
                .max()
                .orElse(-1);
    }
}
