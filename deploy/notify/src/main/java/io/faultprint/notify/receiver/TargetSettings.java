package io.faultprint.notify.receiver;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One receiver.
 *
 * @param url where requests go
 * @param secret key of the signature; empty for none
 * @param headers added to each request
 * @param authorization value of the header {@code Authorization}; empty for none
 * @param environments those it is told of; empty for all
 * @param severity it is told of incidents that were ever at most this
 * @param timeout how long one request may take, its answer included
 * @param certificate PEM file of an authority to trust
 * @param giveUp how long one notification is tried while the receiver answers with errors of its own
 * @param repeat how often what is open is said again
 * @param beginning whether a target that is new is told from the beginning of the topics
 */
public record TargetSettings(
        String name,
        URI url,
        String secret,
        Map<String, String> headers,
        String authorization,
        List<String> environments,
        int severity,
        Duration timeout,
        Optional<Path> certificate,
        Duration giveUp,
        Duration repeat,
        boolean beginning) {

    public TargetSettings {
        headers = Map.copyOf(headers);
        environments = List.copyOf(environments);
    }
}
