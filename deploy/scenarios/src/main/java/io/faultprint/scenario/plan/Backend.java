package io.faultprint.scenario.plan;

/**
 * Something the services use that sends no telemetry itself; it is seen only through its callers.
 *
 * @param name its address in spans and log lines
 * @param kind what it is
 * @param system OpenTelemetry's name of the product (postgresql, redis, rabbitmq, https, …)
 * @param slots how many calls it works on at once; the rest wait
 * @param latency how long a call takes once it has a slot
 */
public record Backend(String name, Kind kind, String system, int slots, Latency latency) {

    /** The kinds of backend a scenario can name. */
    public enum Kind {
        DATABASE,
        CACHE,
        QUEUE,
        OUTSIDE
    }
}
