package io.faultprint.topic;

import java.util.regex.Pattern;

/**
 * One run of Faultprint: what its topics, applications and indices are called. {@code up} has one run with an empty
 * id; every replay is a run of its own, so that it meets nothing of another.
 *
 * @param prefix first part of all names, for example {@code faultprint}
 * @param id the run's id, or empty for the one long-lived run
 */
public record Run(String prefix, String id) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** The long-lived run under the default prefix. */
    public static final Run MAIN = new Run("faultprint", "");

    public Run {
        if (!NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix '" + prefix + "': use lower-case letters, digits and dashes (default faultprint)");
        }
        if (!id.isEmpty() && !NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("run '" + id + "': use lower-case letters, digits and dashes");
        }
    }

    /** Full name of a topic, for example {@code faultprint.logs} or {@code faultprint.replay-1.logs}. */
    public String topic(String name) {
        return id.isEmpty() ? prefix + "." + name : prefix + "." + id + "." + name;
    }

    /** Application id, consumer group or transactional id of a part, for example {@code faultprint-signals}. */
    public String application(String part) {
        return id.isEmpty() ? prefix + "-" + part : prefix + "-" + id + "-" + part;
    }

    /** Name, or first part of the name, of an index, for example {@code faultprint-incidents}. */
    public String index(String name) {
        return application(name);
    }
}
