package io.faultprint.scenario.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.scenario.plan.FaultKind;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That effects emerge from causes: nothing in the world draws a retry storm, an empty pool or a full queue. */
class MechanicsTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int ONSET = 120;
    private static final int END = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aCalleeSlowerThanItsTimeoutIsCalledOnceMoreForEachRetry(int retries) throws IOException {
        Scenario scenario = scenario("""
                services:
                  storefront:
                    operations:
                      GET /search: {calls: [{to: search, operation: GET /query, timeoutMs: 1000, retries: %d}]}
                """.formatted(retries));

        Map<String, List<Census.Row>> rows = run(scenario, fault(FaultKind.RETRY_STORM, "search", null, 4000));

        double calm = perRequest(rows, 3, 12);
        double storm = perRequest(rows, 14, 30);
        assertThat(calm).isBetween(0.8, 1.2);
        assertThat(storm / calm).isBetween(0.8 * (1 + retries), 1.2 * (1 + retries));
    }

    /** Calls to the search per request at the edge that leads there, which 18 of 100 do. */
    private static double perRequest(Map<String, List<Census.Row>> rows, int from, int to) {
        double asked = sum(rows, "gateway", from, to, Census.Row::arrived) * 18 / 100.0;
        return sum(rows, "search", from, to, Census.Row::arrived) / asked;
    }

    @Test
    void aPoolRunsEmptyFromTheLatencyOfItsDatabaseAlone() throws IOException {
        List<Signal> signals = new ArrayList<>();
        Scenario scenario = scenario("services: {customers: {pool: {size: 2}}}");

        run(scenario, fault(FaultKind.SLOW_DATABASE, "customers", "customers-db", 460), signals::add);

        assertThat(bodies(signals, 0, ONSET)).noneMatch(body -> body.contains("HikariPool"));
        assertThat(bodies(signals, ONSET, END))
                .anyMatch(body -> body.contains("HikariPool-1 - Connection is not available"));
    }

    @Test
    void aFlushedCacheLoadsTheDatabaseBehindIt() throws IOException {
        List<Signal> signals = new ArrayList<>();

        run(scenario(""), fault(FaultKind.CACHE_STAMPEDE, "catalogue", "catalogue-cache", 1), signals::add);

        double before = queries(signals, "SELECT featured", 0, ONSET) / (double) ONSET;
        double during = queries(signals, "SELECT featured", ONSET, END) / (double) (END - ONSET);
        assertThat(during).isGreaterThan(4 * before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 60})
    void aQueueGrowsExactlyWhenMoreArrivesThanItsConsumerCanWorkOff(double perSecond) throws IOException {
        // One worker that needs about 75 ms for a message can work off 13 in a second.
        Scenario scenario = scenario("services: {mailer: {instances: 1, workers: 1}}");

        Map<String, List<Census.Row>> rows = run(scenario, fault(FaultKind.QUEUE_BACKLOG, "mailer", null, perSecond));

        List<Census.Row> mailer = rows.getOrDefault("mailer", List.of());
        long waiting = mailer.get(END / Census.STEP_SECONDS - 1).waiting();
        if (perSecond < 13) {
            assertThat(waiting).isLessThan(20);
        } else {
            double worked = sum(rows, "mailer", ONSET / 10, END / 10, Census.Row::answered);
            assertThat(waiting).isGreaterThan(5000);
            assertThat(worked + waiting).isBetween(0.9 * 62 * (END - ONSET), 1.1 * 62 * (END - ONSET));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neither", "pool", "cache", "both"})
    void eachOfTwoChangesIsHarmlessAlone(String made) {
        Scenario scenario = Scenario.bundled("two-changes");
        PlannedFault both = fault(FaultKind.TWO_CHANGES, "catalogue", "catalogue-cache", 1);
        var world = new World(scenario, timetable(both, 0).until(0), START, signal -> {});
        Census census = world.census();
        ServiceNode catalogue = Objects.requireNonNull(world.services.get("catalogue"));
        BackendNode cache = Objects.requireNonNull(world.backends.get("catalogue-cache"));

        if (made.equals("pool") || made.equals("both")) {
            catalogue.connectionsLeft.turn(both, 1);
            catalogue.resizePools();
        }
        if (made.equals("cache") || made.equals("both")) {
            cache.contents.lost.turn(both, 0.95);
        }
        world.advanceTo(END * 1_000_000_000L);

        double failed = sum(census.rows(), "catalogue", 0, END / 10, Census.Row::failed);
        double arrived = sum(census.rows(), "catalogue", 0, END / 10, Census.Row::arrived);
        if (made.equals("both")) {
            assertThat(failed / arrived).isGreaterThan(0.1);
        } else {
            assertThat(failed).isZero();
        }
    }

    @Test
    void aBreakerKeepsCallsBackFromWhoFails() throws IOException {
        Scenario with = scenario("""
                services:
                  mailer:
                    operations:
                      process order.placed:
                        calls: [{to: smtp.mailpost.example, operation: SEND message, timeoutMs: 2500, breaker: {share: 0.5, seconds: 30}}]
                """);
        List<Signal> signals = new ArrayList<>();

        run(with, fault(FaultKind.PROVIDER_DOWN, "mailer", "smtp.mailpost.example", 1), signals::add);

        assertThat(bodies(signals, ONSET, END)).anyMatch(body -> body.contains("CircuitBreakerError"));
        assertThat(bodies(signals, 0, ONSET)).noneMatch(body -> body.contains("CircuitBreakerError"));
        assertThat(queries(signals, "SEND", END - 60, END)).isLessThan(queries(signals, "SEND", 0, 60));
    }

    private Scenario scenario(String more) throws IOException {
        Files.writeString(folder.resolve("scenario.yaml"), "base: shop\nscenario: test\nabout: A test.\n" + more);
        return Scenario.load(folder);
    }

    private static PlannedFault fault(FaultKind kind, String service, @Nullable String component, double size) {
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
                List.of(service),
                null);
    }

    private static Timetable timetable(PlannedFault fault, double rate) {
        return new Timetable(new Settings(3, ONSET, 60, 60, 1, rate), List.of(fault), List.of());
    }

    private static Map<String, List<Census.Row>> run(Scenario scenario, PlannedFault fault) {
        return run(scenario, fault, signal -> {});
    }

    private static Map<String, List<Census.Row>> run(Scenario scenario, PlannedFault fault, Consumer<Signal> out) {
        var world = new World(scenario, timetable(fault, 0), START, out);
        Census census = world.census();
        world.advanceTo(END * 1_000_000_000L);
        return census.rows();
    }

    private static double sum(
            Map<String, List<Census.Row>> rows, String service, int from, int to, ToLongFunction<Census.Row> value) {
        return rows.getOrDefault(service, List.of()).subList(from, to).stream()
                .mapToLong(value)
                .sum();
    }

    private static List<String> bodies(List<Signal> signals, int from, int to) {
        return signals.stream()
                .filter(Signal.Log.class::isInstance)
                .filter(signal -> within(signal, from, to))
                .map(signal -> ((Signal.Log) signal).body() + ((Signal.Log) signal).attributes())
                .toList();
    }

    private static long queries(List<Signal> signals, String name, int from, int to) {
        return signals.stream()
                .filter(Signal.Span.class::isInstance)
                .filter(signal -> ((Signal.Span) signal).name().equals(name))
                .filter(signal -> within(signal, from, to))
                .count();
    }

    private static boolean within(Signal signal, int from, int to) {
        double seconds = (signal.timeNanos() - START.getEpochSecond() * 1_000_000_000L) / 1e9;
        return seconds >= from && seconds < to;
    }
}
