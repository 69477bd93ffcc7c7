package io.faultprint.scenario.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service: its instances, its limits, what it does and how it speaks.
 *
 * @param name OpenTelemetry's service.name
 * @param voice how it writes log lines
 * @param severityInText whether the severity is only in the text of a line, as when a file is followed
 * @param instances how many pods
 * @param workers requests an instance works on at once
 * @param backlog requests an instance lets wait; beyond that it answers 503
 * @param cores cores of an instance
 * @param baseMb memory in use when idle
 * @param limitMb memory at which the instance is killed
 * @param version the version at the start
 * @param code package or module of its own code, as stack traces show it
 * @param pool its connection pool, one per database it calls; null when it has none
 * @param consumes the queue it works on, or null
 * @param operations by name, in the order of the file
 * @param noise harmless lines
 * @param cron a scheduled job, or null
 */
public record Service(
        String name,
        Voice voice,
        boolean severityInText,
        int instances,
        int workers,
        int backlog,
        int cores,
        int baseMb,
        int limitMb,
        String version,
        String code,
        @Nullable Pool pool,
        @Nullable Consumes consumes,
        Map<String, Operation> operations,
        List<Noise> noise,
        @Nullable Cron cron) {

    /**
     * A pool of database connections.
     *
     * @param size connections per instance
     * @param timeoutMs how long a request waits for one
     */
    public record Pool(int size, int timeoutMs) {}

    /**
     * Work from a queue; each consuming service gets every message.
     *
     * @param from the queue
     * @param operation what is done with a message
     * @param redeliveries how often a failed message comes again before it is dropped
     */
    public record Consumes(String from, String operation, int redeliveries) {}
}
