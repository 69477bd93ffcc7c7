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
    BAD_CONFIGURATION("configuration change", Needs.DATABASE, Cause.CONFIGURATION),
    /** Data that a service cannot read; size is the share of requests that meet it. */
    ERROR_BURST("data or query", Needs.NOTHING, Cause.NONE),
    /** Memory grows over many minutes; size is MB per second. */
    SLOW_LEAK("resource exhaustion (memory)", Needs.NOTHING, Cause.NONE),
    /** Memory is held nearly up to the limit, and collecting garbage takes the cores; size is the share of the limit. */
    MEMORY_SATURATION("resource exhaustion (memory)", Needs.NOTHING, Cause.NONE),
    /** Writes to the service's database, or to its own volume, find no space; size is the share of them. */
    DISK_FULL("resource exhaustion (disk)", Needs.DISK, Cause.NONE),
    /** One instance cannot read its device; size is the share of its requests that fail. */
    BAD_POD("hardware or node", Needs.NOTHING, Cause.NONE),
    /** Names do not resolve now and then; size is the share of the service's lookups. */
    DNS_FAILURE("network (dns)", Needs.CALLS, Cause.NONE),
    /** The certificate of a service's provider, or its own, has expired; size is the share of new connections. */
    EXPIRED_CERTIFICATE("certificate or credential", Needs.CERTIFICATE, Cause.NONE),
    /** The clock of one instance is off; size is by how many seconds. */
    CLOCK_SKEW("clock", Needs.NOTHING, Cause.NONE),
    /** Old messages are published again; size is how many per second. */
    QUEUE_BACKLOG("load", Needs.QUEUE, Cause.NONE),
    /** A cache loses its entries again and again; size is what an entry costs the database that is built anew. */
    CACHE_STAMPEDE("data or query", Needs.CACHE, Cause.NONE),
    /** Requests wait for a lock longer than callers do, who try again; size is how many milliseconds. */
    RETRY_STORM("resource exhaustion (threads)", Needs.CALLERS, Cause.NONE),
    /** A flag opens a path that throws; size is the share of requests on it. */
    BAD_FLAG("feature flag", Needs.NOTHING, Cause.FLAG),
    /** A smaller pool and a shorter cache life, harmless alone; size is the number of connections left. */
    TWO_CHANGES("configuration change", Needs.CACHE, Cause.TWO_CONFIGURATIONS),
    /** A provider answers 429 beyond a rate; size is that rate per second. */
    THROTTLED("dependency (external)", Needs.OUTSIDE, Cause.NONE),
    /** Packets in and out of one zone are lost; size is the share of calls. */
    ZONE_OUTAGE("network (partition)", Needs.NOTHING, Cause.NONE),
    /** Instances end soon after their start; size is the share of them. */
    CRASH_LOOP("scheduling or restart", Needs.NOTHING, Cause.NONE),
    /** A heavy request takes more memory than there is; size is how many come per minute. */
    OOM_KILL("resource exhaustion (memory)", Needs.NOTHING, Cause.NONE),
    /** Something on one node takes its cores; size is by how much work there gets slower. */
    NOISY_NEIGHBOUR("hardware or node", Needs.NOTHING, Cause.NONE),
    /** Messages that cannot be processed and come again at once; size is how many. */
    POISONED_MESSAGE("message poison", Needs.QUEUE, Cause.NONE),
    /** One operation of a database gets slower as its data grows; size multiplies its latency. */
    SLOW_QUERY("data or query", Needs.DATABASE, Cause.NONE),
    /** What leads to a service is asked for more often; size multiplies the rate. */
    LOAD_SPIKE("load", Needs.JOURNEY, Cause.NONE);

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
