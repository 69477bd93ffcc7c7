package io.faultprint.correlate;

import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.topology.signals.SignalsBounds;
import io.faultprint.id.Ids;
import io.faultprint.runtime.About;
import io.faultprint.runtime.ByteSize;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.faultprint.settings.WindowSettings;
import java.nio.file.Path;
import java.time.Duration;

/** Everything that can be set about correlate. */
public record CorrelateConfig(
        KafkaSettings kafka,
        RunSettings run,
        PartitionSettings partitions,
        WindowSettings window,
        Signals signals,
        Signatures signatures,
        Incidents incidents,
        Limits limits,
        Streams streams,
        PulseSettings pulse,
        RegistrySettings registry) {

    /** How services are judged. */
    public record Signals(
            @Default("12") @About("windows a service must have been seen in before anything of it can surprise")
            int learningWindows,

            @Default("60s") @About("how long a span waits for its parent or children, in event time")
            Duration traceWait,

            @Default("5000")
            @About("distinct kinds of lines of one service in one window; the rest is counted as flood")
            int forms,

            @Default("50") @About("operations of one service that a window tells apart")
            int operations,

            @Default("24h") @About("how long a service is remembered after its last sign of life, in event time")
            Duration forgetAfter) {
        public Signals {
            Require.that(learningWindows >= 1, "learningWindows", "at least 1");
            Require.that(traceWait.toMillis() > 0, "traceWait", "must be above 0 s");
            Require.that(forms >= 1, "forms", "at least 1");
            Require.that(operations >= 1, "operations", "at least 1");
            Require.that(forgetAfter.toMillis() > 0, "forgetAfter", "must be above 0 s");
        }
    }

    /** What people know better about signatures; {@code faultprint signatures --preview} shows what rules do to files. */
    public record Signatures(
            @Default("") @About("words between commas that are always a variable; tenant-* or *-blue for many")
            String alwaysMask,

            @Default("") @About("words between commas whose difference is meaning: never masked, never merged")
            String neverMerge,

            @Default("")
            @About("phrases between bars; a line that holds one is left out, counted as dropped; * stands for anything")
            String ignore) {
        public Signatures {
            demand(SteeringRules.mendOfAlwaysMask(alwaysMask), "alwaysMask");
            demand(SteeringRules.mendOfNeverMerge(neverMerge, alwaysMask), "neverMerge");
            demand(SteeringRules.mendOfIgnore(ignore), "ignore");
        }

        private static void demand(String mend, String component) {
            Require.that(mend.isEmpty(), component, mend);
        }

        /** Ready for use. */
        public SteeringRules rules() {
            return SteeringRules.of(alwaysMask, neverMerge, ignore);
        }
    }

    /** When services' trouble is an incident. */
    public record Incidents(
            @Default("3.5") @About("strength from which a service is abnormal in a window (minus log10 of chance)")
            double medium,

            @Default("6") @About("strength from which one window alone opens an incident")
            double strong,

            @Default("6") @About("calm windows after which an incident is over")
            int calmWindows) {
        public Incidents {
            Require.that(medium > 0, "medium", "must be above 0");
            Require.that(strong >= medium, "strong", "at least incidents.medium");
            Require.that(calmWindows >= 1, "calmWindows", "at least 1");
        }
    }

    /**
     * What one partition may hold, whatever is sent; the defaults suit four partitions in a heap of 512 MB. LIMITS.md says
     * what each costs and what happens beyond it.
     */
    public record Limits(
            @Default("1000") @About("services of one partition that are known, and strangers in one window")
            int services,

            @Default("5000") @About("metric series times instances of one service in one window")
            int points,

            @Default("1000") @About("series and operations of one service that have a baseline")
            int series,

            @Default("20000") @About("series and operations of one partition that have a baseline")
            int baselines,

            @Default("2000") @About("signatures of one service; the rest is counted as flood")
            int signatures,

            @Default("10000") @About("signatures of one partition; the rest is counted as flood")
            int allSignatures,

            @Default("15000") @About("spans of one partition that wait for their parents or children")
            int waitingSpans,

            @Default("10000")
            @About("batches of one partition's topic, in parts of 1,024 events, whose repeats are known")
            int batches,

            @Default("16MiB") @About("memory of one partition for the rows of open windows")
            ByteSize windowMemory) {
        public Limits {
            Require.that(services >= 1, "services", "at least 1");
            Require.that(points >= 1, "points", "at least 1");
            Require.that(series >= 1, "series", "at least 1");
            Require.that(baselines >= series, "baselines", "at least limits.series");
            Require.that(signatures >= 1, "signatures", "at least 1");
            Require.that(allSignatures >= signatures, "allSignatures", "at least limits.signatures");
            Require.that(waitingSpans >= 10, "waitingSpans", "at least 10");
            Require.that(batches >= 1, "batches", "at least 1");
            Require.that(windowMemory.bytes() >= 1 << 20, "windowMemory", "at least 1MiB");
        }

        SignalsBounds bounds(int windowsAhead) {
            return new SignalsBounds(
                    services,
                    points,
                    series,
                    baselines,
                    signatures,
                    allSignatures,
                    waitingSpans,
                    batches,
                    windowMemory.bytes(),
                    windowsAhead);
        }
    }

    /** How Kafka Streams runs. */
    public record Streams(
            @Default("faultprint-state/correlate") @About("directory for the state of Kafka Streams")
            Path stateDir,

            @Default("1") @About("threads for signals") int signalsThreads,

            @Default("1") @About("threads for incidents") int incidentsThreads,

            @Default("100ms") @About("how often work is committed; each hop adds this to the time to an incident")
            Duration commitInterval,

            @Default("32MiB") @About("memory for rows written since the last commit")
            ByteSize cache,

            @Default("0") @About("copies of state on other instances, for a quick take-over")
            int standbys,

            @Default("-1")
            @About("replication of the changelogs that Kafka Streams creates; -1 for the broker's default")
            int replication,

            @Default("12")
            @About("windows that one input may be ahead of what is closed before it waits for the others")
            int windowsAhead) {
        public Streams {
            Require.that(signalsThreads >= 1, "signalsThreads", "at least 1");
            Require.that(incidentsThreads >= 1, "incidentsThreads", "at least 1");
            Require.that(commitInterval.toMillis() >= 1, "commitInterval", "at least 1 ms");
            Require.that(standbys >= 0, "standbys", "must not be negative");
            Require.that(windowsAhead >= 2, "windowsAhead", "at least 2");
        }
    }

    /** A fingerprint of everything that the contents of snapshots and incidents depend on. */
    public String fingerprint() {
        return Ids.hash(
                window.toString(),
                signals.toString(),
                signatures.rules().toString(),
                incidents.toString(),
                limits.toString());
    }
}
