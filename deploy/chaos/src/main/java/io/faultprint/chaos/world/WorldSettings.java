package io.faultprint.chaos.world;

import io.faultprint.node.Nodes;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.nio.file.Path;

/**
 * What is to be run.
 *
 * @param directory where everything of it is kept; empty at the start
 * @param nodes where the servers are found
 * @param launcher the jar that {@code deploy/faultprint} starts, whose {@code run STAGE} the stages are
 * @param heapMegabytes heap of each stage
 * @param correlates how many instances of correlate share the work
 * @param smallDisks whether broker and stages write to disks that can be filled
 */
public record WorldSettings(
        Path directory, Nodes nodes, Path launcher, int heapMegabytes, int correlates, boolean smallDisks) {

    /** Short windows, so that a few minutes hold many; and lateness for a stage's restart. */
    public static final Windows WINDOWS = new Windows(5_000, 15_000);

    public static final Partitions PARTITIONS = new Partitions(4, 2);

    public static final Run RUN = new Run("faultprint", "");
}
