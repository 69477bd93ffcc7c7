package io.faultprint.notify.form;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What is the same in all that a target is sent.
 *
 * @param target the target's name
 * @param run the run's id; empty for the long-lived one
 * @param link where people read of an incident, with {@code {id}} and {@code {environment}}; empty for nowhere
 */
public record Origin(String target, String run, String link) {

    /** Where people read of this incident; empty for nowhere. */
    String linkTo(String environment, String id) {
        return link.replace("{id}", encoded(id)).replace("{environment}", encoded(environment));
    }

    /** Scheme and host of the links; empty for nowhere. */
    String root() {
        int path = link.indexOf('/', link.indexOf("://") + 3);
        return link.isEmpty() || path < 0 ? link : link.substring(0, path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
