package io.faultprint.scenario.plan;

/**
 * The machines that pods run on, spread over three zones. Where a pod lands follows from its service's name and its
 * number, so that a fault of a node or a zone can be planned.
 *
 * @param count how many
 */
public record Nodes(int count) {

    private static final String ZONES = "abc";

    /** The node of an instance. */
    public String of(String service, int instance) {
        return "node-" + (1 + number(service, instance));
    }

    /** The zone of an instance's node. */
    public String zone(String service, int instance) {
        return "eu-1" + ZONES.charAt(number(service, instance) % ZONES.length());
    }

    private int number(String service, int instance) {
        return Math.floorMod(service.hashCode() + instance, count);
    }
}
