package io.faultprint.local.up;

import io.faultprint.local.data.DataDirectory;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one local Faultprint is to be.
 *
 * @param data where it keeps everything
 * @param run what its topics, applications and indices are called
 * @param partitions the two partition counts of the run
 * @param windows how event time is cut
 * @param door whether ingest runs with its HTTP door; if so, 4318 and 9200 are taken when they are free
 * @param files settings of ingest for the files that it follows, {@code files.NAME.KEY}; empty without any
 * @param own the user's servers; null for children of this process
 */
public record Plan(
        DataDirectory data,
        Run run,
        Partitions partitions,
        Windows windows,
        boolean door,
        Map<String, String> files,
        @Nullable OwnServers own) {

    public Plan {
        files = Map.copyOf(files);
    }

    /**
     * Four partitions give two cores something to share, and keep a wider machine busy enough; incident work is so
     * small that one partition is plenty. Fixed for the life of a data directory.
     */
    public static final Partitions LOCAL = new Partitions(4, 1);

    private static final int OTLP = 4318;
    private static final int OPENSEARCH = 9200;

    /** For live telemetry. */
    public static Plan withDoor(DataDirectory data, Run run, Partitions partitions, Windows windows) {
        return new Plan(data, run, partitions, windows, true, Map.of(), null);
    }

    /** For a replay, which brings its own door. */
    public static Plan withoutDoor(DataDirectory data, Run run, Partitions partitions, Windows windows) {
        return new Plan(data, run, partitions, windows, false, Map.of(), null);
    }

    /** The same on servers of the user's. */
    public Plan on(OwnServers servers) {
        return new Plan(data, run, partitions, windows, door, files, servers);
    }

    /** The same, with files that ingest follows. */
    public Plan following(Map<String, String> settings) {
        return new Plan(data, run, partitions, windows, door, settings, own);
    }

    /** What it means for every stage, as settings. */
    public Map<String, String> settings(String kafka) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "kafka.bootstrap-servers", kafka,
                "run.prefix", run.prefix(),
                "run.id", run.id(),
                "partitions.events", Integer.toString(partitions.events()),
                "partitions.incidents", Integer.toString(partitions.incidents()),
                "window.size", windows.sizeMillis() + "ms",
                "window.lateness", windows.latenessMillis() + "ms"));
        if (own != null) {
            settings.putAll(own.settings());
        }
        return settings;
    }

    /** How a Kafka client of this process is set up. */
    public Map<String, Object> client(String kafka) {
        Map<String, Object> client = new HashMap<>(own == null ? Map.of() : own.properties());
        client.put("bootstrap.servers", kafka);
        return client;
    }

    int otlpPort() {
        return door ? Ports.usualOrAny(OTLP) : 0;
    }

    int openSearchPort() {
        return door ? Ports.usualOrAny(OPENSEARCH) : 0;
    }
}
