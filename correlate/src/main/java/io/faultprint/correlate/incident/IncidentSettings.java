package io.faultprint.correlate.incident;

import io.faultprint.correlate.cluster.ClusterSettings;
import java.time.Duration;

/**
 * Everything about incidents that can be set; validated.
 *
 * @param medium strength (minus log10) from which a service counts as abnormal in a window
 * @param strong strength from which one window alone opens an incident
 * @param notable score from which a surprise of an abnormal service is remembered; the strongest one always is
 * @param openWindows how many consecutive windows the weaker opening rule looks at
 * @param openAbnormal how many of them must be abnormal for a service without a strong window to open an incident
 * @param calmWindows covered windows without an abnormal service after which an incident is over; trouble that comes
 *     back before is the same incident
 * @param hops how far apart along calls two abnormal services may stand and still touch: 1, or 2 (one healthy service
 *     between them)
 * @param edgeMemory how long the graph believes in an edge after it was last seen
 * @param changeLookback how long before an incident a change still counts as "just before"
 * @param clusters when an incident has settled, and when two incidents are the same failure
 * @param caps bounds on memory and output
 */
public record IncidentSettings(
        double medium,
        double strong,
        double notable,
        int openWindows,
        int openAbnormal,
        int calmWindows,
        int hops,
        Duration edgeMemory,
        Duration changeLookback,
        ClusterSettings clusters,
        Caps caps) {

    /** The defaults; why these, is in RATIONALE.md. */
    public static final IncidentSettings DEFAULT = new IncidentSettings(
            3.5,
            6,
            2.5,
            3,
            2,
            6,
            2,
            Duration.ofHours(24),
            Duration.ofMinutes(30),
            ClusterSettings.DEFAULT,
            Caps.DEFAULT);

    /**
     * Bounds, each per environment unless it says otherwise. What a bound leaves out is counted.
     *
     * @param digests abnormal digests looked at in one window, strongest first; edges and changes are taken from all
     * @param incidents open incidents
     * @param services services per incident
     * @param surprisesPerService surprises remembered per abnormal service, strongest first
     * @param surprises surprises in an incident record
     * @param signatures signatures in an incident record
     * @param changes changes in an incident record
     * @param changesKept changes remembered
     * @param edges edges of the service graph
     * @param windowsPerStep windows evaluated for one record read; the rest follows with the next
     */
    public record Caps(
            int digests,
            int incidents,
            int services,
            int surprisesPerService,
            int surprises,
            int signatures,
            int changes,
            int changesKept,
            int edges,
            int windowsPerStep) {

        public static final Caps DEFAULT = new Caps(2_000, 100, 100, 12, 40, 20, 20, 500, 20_000, 60);

        public Caps {
            for (int cap : new int[] {
                digests,
                incidents,
                services,
                surprisesPerService,
                surprises,
                signatures,
                changes,
                changesKept,
                edges,
                windowsPerStep
            }) {
                if (cap < 1) {
                    throw new IllegalArgumentException("incident caps: each must be 1 or more, one is " + cap);
                }
            }
        }
    }

    public IncidentSettings {
        if (!(medium > 0) || !(strong >= medium) || Double.isInfinite(strong) || !(notable >= 0)) {
            throw new IllegalArgumentException(
                    "incident strengths medium " + medium + ", strong " + strong + ", notable " + notable
                            + ": medium must be above 0, strong not below it, notable 0 or more (default 3.5, 6, 2.5)");
        }
        if (openWindows < 1 || openAbnormal < 1 || openAbnormal > openWindows) {
            throw new IllegalArgumentException("an incident opens on " + openAbnormal + " abnormal windows of "
                    + openWindows + ": both must be 1 or more, and the first not above the second (default 2 of 3)");
        }
        if (calmWindows < 1) {
            throw new IllegalArgumentException(
                    "calm windows " + calmWindows + ": an incident needs 1 or more to be over (default 6)");
        }
        if (hops < 1 || hops > 2) {
            throw new IllegalArgumentException("hops " + hops + ": use 1 or 2 (default 2)");
        }
        if (edgeMemory.compareTo(Duration.ofHours(2)) < 0) {
            throw new IllegalArgumentException("edge memory " + edgeMemory + ": use 2 h or more (default 24h)");
        }
        if (changeLookback.isNegative()) {
            throw new IllegalArgumentException("change lookback " + changeLookback + ": use 0 or more (default 30m)");
        }
    }

    /** The same with other strengths. */
    public IncidentSettings withStrengths(double newMedium, double newStrong) {
        return new IncidentSettings(
                newMedium,
                newStrong,
                notable,
                openWindows,
                openAbnormal,
                calmWindows,
                hops,
                edgeMemory,
                changeLookback,
                clusters,
                caps);
    }

    /** The same with another number of calm windows before an incident is over. */
    public IncidentSettings withCalmWindows(int windows) {
        return new IncidentSettings(
                medium,
                strong,
                notable,
                openWindows,
                openAbnormal,
                windows,
                hops,
                edgeMemory,
                changeLookback,
                clusters,
                caps);
    }

    /** The same with other bounds. */
    public IncidentSettings withCaps(Caps newCaps) {
        return new IncidentSettings(
                medium,
                strong,
                notable,
                openWindows,
                openAbnormal,
                calmWindows,
                hops,
                edgeMemory,
                changeLookback,
                clusters,
                newCaps);
    }
}
