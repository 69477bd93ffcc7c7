package io.faultprint.local.up;

import io.faultprint.local.data.DataDirectory;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;

/**
 * What one local Faultprint is to be.
 *
 * @param data where it keeps everything
 * @param run what its topics, applications and indices are called
 * @param partitions the two partition counts of the run
 * @param windows how event time is cut
 * @param usualPorts true takes 4318 and 9200 when they are free; false takes any free ones
 */
public record Plan(DataDirectory data, Run run, Partitions partitions, Windows windows, boolean usualPorts) {

    /**
     * Four partitions give two cores something to share, and keep a wider machine busy enough; incident work is so
     * small that one partition is plenty. Fixed for the life of a data directory.
     */
    public static final Partitions LOCAL = new Partitions(4, 1);

    private static final int OTLP = 4318;
    private static final int OPENSEARCH = 9200;

    int otlpPort() {
        return usualPorts ? Ports.usualOrAny(OTLP) : 0;
    }

    int openSearchPort() {
        return usualPorts ? Ports.usualOrAny(OPENSEARCH) : 0;
    }
}
