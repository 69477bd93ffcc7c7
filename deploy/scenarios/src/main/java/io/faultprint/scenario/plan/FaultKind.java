package io.faultprint.scenario.plan;

import java.util.Locale;

/** The kinds of fault this world can suffer, with the cause category of the contracts that is their truth. */
public enum FaultKind {
    /** The database of a service takes longer; size multiplies its latency. */
    SLOW_DATABASE("dependency (internal)", Needs.DATABASE, Cause.NONE),
    /** A new version throws a new exception; size is the share of requests it hits. */
    BAD_DEPLOY("code change", Needs.NOTHING, Cause.DEPLOY),
    /** Connections are taken and not given back; size is how many per second and instance. */
    POOL_EXHAUSTED("resource exhaustion (connections)", Needs.DATABASE, Cause.NONE),
    /** An outside provider hangs or answers 503; size is the share of calls it fails. */
    PROVIDER_DOWN("dependency (external)", Needs.OUTSIDE, Cause.NONE),
    /** Memory grows until the instance is killed, again and again; size is MB per second. */
    MEMORY_LEAK("resource exhaustion (memory)", Needs.NOTHING, Cause.NONE),
    /** Something else takes the cores; size is by how much own work gets slower. */
    CPU_SATURATION("resource exhaustion (cpu)", Needs.NOTHING, Cause.NONE),
    /** The consumer of a queue stops working without a word; size is unused. */
    WORKER_SILENT("scheduling or restart", Needs.QUEUE, Cause.NONE),
    /** A configuration change points a service to a host that does not exist; size is the share of instances. */
    BAD_CONFIGURATION("configuration change", Needs.DATABASE, Cause.CONFIGURATION);

    private final String category;
    private final Needs needs;
    private final Cause cause;

    FaultKind(String category, Needs needs, Cause cause) {
        this.category = category;
        this.needs = needs;
        this.cause = cause;
    }

    /** The cause category, in the vocabulary shared by truth, rules and models. */
    public String category() {
        return category;
    }

    /** The name used in scenario files and in truth, such as {@code slow-database}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Needs needs() {
        return needs;
    }

    Cause cause() {
        return cause;
    }
}
