package io.faultprint.topic;

/**
 * The two partition counts. They are part of the contract of a run: changing one in place would move keys away from
 * their state, so it is refused.
 *
 * @param events partitions of everything before incidents
 * @param incidents partitions of digests, incidents and what follows
 */
public record Partitions(int events, int incidents) {

    public Partitions {
        if (events < 1 || incidents < 1) {
            throw new IllegalArgumentException(
                    "partitions " + events + " and " + incidents + ": each count must be 1 or more");
        }
    }

    /** The count for a topic. */
    public int of(Topic topic) {
        return switch (topic.group()) {
            case EVENTS -> events;
            case INCIDENTS -> incidents;
        };
    }
}
