package io.faultprint.scenario.plan;

/**
 * What moves in a healthy system without anybody's doing.
 *
 * @param restartEveryHours mean time between restarts of a pod, anywhere in the system; 0 for none
 * @param neighbourEveryMinutes mean time between visits of a mildly noisy neighbour on one of the nodes; 0 for none
 * @param drift by what share latencies and load wander to either side, over tens of minutes
 */
public record Weather(double restartEveryHours, double neighbourEveryMinutes, double drift) {

    /** Nothing moves. */
    static final Weather CALM = new Weather(0, 0, 0);
}
