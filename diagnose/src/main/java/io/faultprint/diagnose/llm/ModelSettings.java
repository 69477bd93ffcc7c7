package io.faultprint.diagnose.llm;

import java.net.URI;
import java.time.Duration;

/**
 * Which model to ask, and where.
 *
 * @param url an OpenAI-compatible endpoint, up to and with {@code /v1}
 * @param model the model's name there
 * @param apiKey sent as a bearer token; empty for none
 * @param timeout how long one call may take
 */
public record ModelSettings(URI url, String model, String apiKey, Duration timeout) {

    @Override
    public String toString() {
        return model + " at " + url;
    }
}
