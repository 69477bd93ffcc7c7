package io.faultprint.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Record keys: plain UTF-8 text, parts joined by a slash. The environment comes first and never holds a slash (ingest
 * writes {@code %2F} for it), so a key splits at its first slash whatever the service is called.
 */
public final class Keys {

    private Keys() {}

    /** {@code environment/service}. */
    public static String service(String environment, String service) {
        return environment + "/" + service;
    }

    /** {@code environment/trace id}. */
    public static String trace(String environment, String traceId) {
        return environment + "/" + traceId;
    }

    /** {@code environment/id}, for incidents, clusters and diagnoses. */
    public static String id(String environment, String id) {
        return environment + "/" + id;
    }

    /** {@code environment/service/signature}. */
    public static String signature(String environment, String service, String signature) {
        return environment + "/" + service + "/" + signature;
    }

    /** The environment of a key made here. */
    public static String environmentOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    /** An environment's name as keys carry it: percent and slash escaped, so that it cannot look like two parts. */
    public static String escapeEnvironment(String environment) {
        return environment.replace("%", "%25").replace("/", "%2F");
    }

    /** The partition that Kafka's own default partitioner gives a record with this key. */
    public static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
