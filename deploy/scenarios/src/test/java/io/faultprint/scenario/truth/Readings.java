package io.faultprint.scenario.truth;

import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.signal.Signal.Point;
import io.faultprint.scenario.truth.Sign.What;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person with dashboards would read from the telemetry alone: one number per ten seconds, service and kind of sign.
 * It knows nothing of the world, of its faults, or of how the truth was found.
 */
final class Readings {

    static final int STEP_SECONDS = 10;

    private record Cell(String service, String what, int step) {}

    private record Series(Resource resource, String name, Map<String, Object> attributes) {}

    private final Map<Cell, Double> cells = new HashMap<>();
    private final Map<Series, double[]> last = new HashMap<>();

    /** Takes a signal that arrived at a moment of the run, in seconds. */
    void take(Signal signal, long startNanos, double arrivedSeconds) {
        int step = (int) (arrivedSeconds / STEP_SECONDS);
        double off = Math.abs((signal.timeNanos() - startNanos) / 1e9 - arrivedSeconds);
        most(new Cell(signal.service(), What.CLOCK.label(), step), off);
        if (signal instanceof Point point) {
            point(point, step);
        } else if (signal instanceof Signal.Log log && log.service().equals("event-exporter")) {
            boolean restart = List.of("BackOff", "OOMKilling", "\"Started\"").stream()
                    .anyMatch(each -> log.body().contains(each));
            if (restart) {
                String pod = log.body().replaceAll(".*\"name\":\"([^\"]+)\".*", "$1");
                plus(new Cell(pod.replaceAll("-[0-9a-f]+-[0-9a-f]+$", ""), What.RESTARTS.label(), step), 1);
            }
        }
    }

    private void point(Point point, int step) {
        String service = point.service();
        switch (point.name()) {
            case "http.server.errors" -> plus(new Cell(service, What.ERRORS.label(), step), grown(point)[0]);
            case "http.server.requests" -> plus(new Cell(service, "requests", step), grown(point)[0]);
            case "http.server.request.duration", "messaging.process.duration" -> {
                double[] grown = grown(point);
                plus(new Cell(service, "count", step), grown[0]);
                plus(new Cell(service, "seconds", step), grown[1]);
            }
            case "process.memory.usage" -> most(new Cell(service, What.MEMORY.label(), step), gauge(point));
            case "process.cpu.utilization" -> most(new Cell(service, What.CPU.label(), step), gauge(point));
            case "messaging.queue.depth" -> most(new Cell(service, What.QUEUE.label(), step), gauge(point));
            case "db.client.connection.count" -> most(new Cell(service, What.CONNECTIONS.label(), step), gauge(point));
            default -> {}
        }
    }

    /** By how much a cumulative series has grown since its last point: count, and for histograms the sum. */
    private double[] grown(Point point) {
        double[] now = point.value() instanceof Point.Histogram histogram
                ? new double[] {
                    histogram.counts().stream().mapToLong(Long::longValue).sum(), histogram.sum()
                }
                : new double[] {((Point.Counter) point.value()).value(), 0};
        double[] before = last.put(new Series(point.resource(), point.name(), point.attributes()), now);
        return before == null || before[0] > now[0] ? now : new double[] {now[0] - before[0], now[1] - before[1]};
    }

    private static double gauge(Point point) {
        return ((Point.Gauge) point.value()).value();
    }

    private void plus(Cell cell, double value) {
        cells.merge(cell, value, Double::sum);
    }

    private void most(Cell cell, double value) {
        cells.merge(cell, value, Double::max);
    }

    private double cell(String service, String what, int step) {
        return cells.getOrDefault(new Cell(service, what, step), 0.0);
    }

    private double lately(String service, String what, int step) {
        return cell(service, what, step) + cell(service, what, step - 1) + cell(service, what, step - 2);
    }

    /** How strong a kind of sign is at a moment: the larger, the worse; what is missing counts as negative. */
    double reading(String service, What what, int step) {
        return switch (what) {
            case ERRORS, RESTARTS -> lately(service, what.label(), step);
            case LOAD -> lately(service, "requests", step);
            case LESS, SILENCE -> -lately(service, "requests", step) - cell(service, "requests", step - 3);
            case LATENCY -> {
                double count = lately(service, "count", step);
                yield count < 3 ? 0 : lately(service, "seconds", step) / count;
            }
            case QUEUE, MEMORY, CPU, CONNECTIONS, CLOCK -> cell(service, what.label(), step);
        };
    }

    double worst(String service, What what, double fromSeconds, double toSeconds) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int step = (int) (fromSeconds / STEP_SECONDS); step <= toSeconds / STEP_SECONDS; step++) {
            worst = Math.max(worst, reading(service, what, step));
        }
        return worst;
    }
}
