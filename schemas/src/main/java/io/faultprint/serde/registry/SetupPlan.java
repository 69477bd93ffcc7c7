package io.faultprint.serde.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the subjects of a run stand in the registry, or what came of setting them up.
 *
 * @param place which registry, for people
 * @param subjects in the order of the topics, each once
 */
public record SetupPlan(String place, List<Subject> subjects) {

    /** How a version stands. */
    public enum State {
        /** The registry has it. */
        PRESENT,
        /** It would be registered. */
        MISSING,
        /** It was registered just now. */
        REGISTERED,
        /** The subject has a newer one of ours already, so nothing will be written with this one. */
        PASSED_OVER,
        /** It cannot stand beside what the subject holds. */
        CONFLICT
    }

    /**
     * One subject.
     *
     * @param compatibility what it is to have, in the registry's words
     * @param standing what it has of its own; empty when it follows the registry's default
     * @param versions our committed versions, oldest first
     */
    public record Subject(String name, String compatibility, String standing, List<Version> versions) {

        public Subject {
            versions = List.copyOf(versions);
        }

        /** Whether something of it cannot be set up, so that all of it is left as it is. */
        public boolean conflict() {
            return versions.stream().anyMatch(version -> version.state() == State.CONFLICT);
        }

        /** Whether its compatibility is as it should be, or stricter. */
        public boolean compatible() {
            return standing.equals(compatibility) || standing.equals("FULL_TRANSITIVE");
        }
    }

    /**
     * One committed version of a record type.
     *
     * @param record full name
     * @param number ours, from 1; the registry counts for itself
     * @param id where the registry has it
     * @param detail why it is so; empty where that is plain
     */
    public record Version(String record, int number, State state, OptionalInt id, String detail) {}

    public SetupPlan {
        subjects = List.copyOf(subjects);
    }

    /** Whether there is nothing to do. */
    public boolean done() {
        return subjects.stream()
                .allMatch(subject -> subject.compatible()
                        && subject.versions().stream()
                                .allMatch(it -> it.state() != State.MISSING && it.state() != State.CONFLICT));
    }

    /** The subjects that were left as they are. */
    public List<Subject> conflicts() {
        return subjects.stream().filter(Subject::conflict).toList();
    }

    /** One line per version: subject, version, id or what is with it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Subject subject : subjects) {
            for (Version version : subject.versions()) {
                String id = version.id().isPresent() ? "id " + version.id().getAsInt() : "no id";
                String detail = version.detail().isEmpty() ? "" : ": " + version.detail();
                String compatibility = subject.compatible()
                        ? subject.standing()
                        : (subject.standing().isEmpty() ? "default" : subject.standing()) + ", to be "
                                + subject.compatibility();
                lines.add("%s  %s version %d  %s  %s  (%s)%s"
                        .formatted(
                                subject.name(),
                                version.record(),
                                version.number(),
                                id,
                                word(version.state()),
                                compatibility,
                                detail));
            }
        }
        return lines;
    }

    private static String word(State state) {
        return switch (state) {
            case PRESENT -> "there";
            case MISSING -> "to be registered";
            case REGISTERED -> "registered";
            case PASSED_OVER -> "not needed";
            case CONFLICT -> "CONFLICT";
        };
    }
}
