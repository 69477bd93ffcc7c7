package io.faultprint.scenario.world;

import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.signal.Signal.Point;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads every instance's counters and gauges once in a while, as a collector's receiver does. */
final class Scrape {

    private final World world;
    private final Map<Instance, Long> busyBefore = new LinkedHashMap<>();
    private final long everyNanos;
    private final double missing;
    private final Draw draw;

    Scrape(World world, long seed) {
        this.world = world;
        this.everyNanos = world.scenario.telemetry().scrapeSeconds() * 1_000_000_000L;
        this.missing = world.scenario.telemetry().missingScrapes();
        this.draw = new Draw(seed, "scrapes");
    }

    void begin() {
        int i = 0;
        for (ServiceNode service : world.services.values()) {
            for (Instance instance : service.instances) {
                // Pods are not scraped in the same moment; their phases are spread over the interval.
                long phase = everyNanos * (i++ * 37 % 100) / 100 + 1_000_000_000L;
                world.agenda.at(phase, () -> scrape(instance, phase));
            }
        }
    }

    private void scrape(Instance instance, long at) {
        world.agenda.at(at + everyNanos, () -> scrape(instance, at + everyNanos));
        if (!instance.up) {
            busyBefore.remove(instance);
            return;
        }
        if (draw.chance(missing)) {
            return;
        }
        long born = world.epoch(instance.bornNanos) + instance.clockOffset();
        point(instance, "http.server.requests", "{request}", Map.of(), new Point.Counter(born, instance.requests));
        point(instance, "http.server.errors", "{request}", Map.of(), new Point.Counter(born, instance.errors));
        gauge(instance, "http.server.active_requests", "{request}", Map.of(), instance.visits.size());
        gauge(instance, "process.cpu.utilization", "1", Map.of(), cpu(instance));
        gauge(instance, "process.memory.usage", "By", Map.of(), Math.rint(instance.usedMb() * (1 << 20)));
        instance.pools.forEach((database, pool) -> {
            Map<String, Object> used = new LinkedHashMap<>();
            used.put("db.client.connection.pool.name", database);
            used.put("db.client.connection.state", "used");
            gauge(instance, "db.client.connection.count", "{connection}", used, pool.taken());
            Map<String, Object> name = Map.of("db.client.connection.pool.name", database);
            gauge(instance, "db.client.connection.pending_requests", "{request}", name, pool.waiting());
        });
        boolean consumer = instance.service.spec.consumes() != null;
        instance.meters.forEach((operation, meter) -> {
            Map<String, Object> series = Map.of(consumer ? "messaging.operation.name" : "http.route", operation);
            String name = consumer ? "messaging.process.duration" : "http.server.request.duration";
            point(
                    instance,
                    name,
                    "s",
                    series,
                    new Point.Histogram(born, meter.sum(), Instance.Meter.BOUNDS, meter.counts()));
        });
        if (consumer && instance.index == 0) {
            gauge(instance, "messaging.queue.depth", "{message}", Map.of(), instance.service.messages.size());
        }
    }

    /** Busy time of the cores since the last look, with what a noisy neighbour takes of them. */
    private double cpu(Instance instance) {
        long before = Math.min(busyBefore.getOrDefault(instance, 0L), instance.busyNanos);
        busyBefore.put(instance, instance.busyNanos);
        double own = (instance.busyNanos - before) / (double) everyNanos / instance.service.spec.cores();
        double stolen = 1 - 1 / instance.drag();
        double idle = 0.01 + 0.02 * instance.service.chatter.random().nextDouble();
        return Math.min(1, own + stolen + idle);
    }

    private void gauge(Instance instance, String name, String unit, Map<String, Object> series, double value) {
        point(instance, name, unit, series, new Point.Gauge(value));
    }

    private void point(Instance instance, String name, String unit, Map<String, Object> series, Point.Value value) {
        world.emit(new Signal.Point(
                instance.resource, world.nowEpoch() + instance.clockOffset(), name, unit, series, value));
    }
}
