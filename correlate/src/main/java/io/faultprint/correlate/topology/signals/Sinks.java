package io.faultprint.correlate.topology.signals;

/** Names of the operators of the signals application. They are part of its state's identity: see the golden topology. */
final class Sinks {

    static final String PARTIALS = "to-partials";
    static final String SNAPSHOTS = "to-snapshots";
    static final String DIGESTS = "to-digests";
    static final String SIGNATURES = "to-signatures";
    static final String LATE = "to-late";
    static final String DEAD_LETTERS = "to-dead-letters";

    private static final String TO = "to-";

    private Sinks() {}

    /** The catalogue's name of the topic behind a sink. */
    static String kindOf(String sink) {
        return sink.substring(TO.length());
    }

    /** A sink that several processors need: each has its own, since a shared one would make their sub-topologies one. */
    static String of(String processor, String sink) {
        return processor + "-" + sink;
    }
}
