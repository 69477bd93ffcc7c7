package io.faultprint.ingest.foreign;

import java.util.List;
import java.util.Set;

/** Tells the JSON of one shipper from that of another, by the fields that it alone writes. */
public enum Marks {
    /** A record of this format would have other fields. */
    NONE,
    /** It could be of this format, and of another as well. */
    COMMON,
    /** Only this shipper writes such a field. */
    OWN;

    /** Written by Beats, Elastic Agent and the ECS loggers. */
    private static final List<String> ECS =
            List.of("ecs.version", "agent.type", "agent.ephemeral_id", "@metadata.beat", "log.level");

    private static final List<String> VECTOR = List.of("source_type");

    /** {@code log} at the top is Docker's, as Fluent Bit and Fluentd hand it on; the others are of their Kubernetes filter. */
    private static final List<String> FLUENT_BIT =
            List.of("log", "kubernetes.docker_id", "kubernetes.container_hash", "docker.container_id", "_p");

    /** How well a record fits a format of JSON fields; a format of another kind is told by reading it. */
    public static Marks of(Format format, byte[] record) {
        if (!format.hasFields() || format == Format.COLLECTD) {
            return OWN;
        }
        Set<String> fields;
        try {
            fields = JsonFields.of(record).keySet();
        } catch (JsonFields.Wrong none) {
            return NONE;
        }
        boolean ecs = fields.stream().anyMatch(ECS::contains);
        boolean vector = fields.stream().anyMatch(VECTOR::contains);
        return switch (format) {
            case ECS -> ecs ? OWN : !vector && fields.contains("@timestamp") ? COMMON : NONE;
            case VECTOR ->
                vector ? OWN : !ecs && fields.containsAll(List.of("timestamp", "message", "host")) ? COMMON : NONE;
            default -> !ecs && !vector && fields.stream().anyMatch(FLUENT_BIT::contains) ? OWN : COMMON;
        };
    }
}
