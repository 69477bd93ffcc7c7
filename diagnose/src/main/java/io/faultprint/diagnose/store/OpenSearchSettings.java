package io.faultprint.diagnose.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach OpenSearch.
 *
 * @param url scheme, host and port, for example {@code http://127.0.0.1:9200}
 * @param username for basic authentication; empty for none
 * @param password for basic authentication
 * @param certificate PEM file of the authority to trust for https, when the platform's own list does not hold it
 * @param timeout how long one request may take
 * @param create whether templates, indices and aliases that are missing are created; else somebody must have done it
 */
public record OpenSearchSettings(
        URI url, String username, String password, Optional<Path> certificate, Duration timeout, boolean create) {

    public OpenSearchSettings {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + url + "': give scheme and host, for example http://127.0.0.1:9200");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout " + timeout + ": must be longer than 0");
        }
    }

    /** Without authentication, and free to create what is missing. */
    public static OpenSearchSettings at(String address) {
        return new OpenSearchSettings(URI.create(address), "", "", Optional.empty(), Duration.ofSeconds(30), true);
    }

    @Override
    public String toString() {
        return username.isEmpty() ? url.toString() : url + " as " + username;
    }
}
