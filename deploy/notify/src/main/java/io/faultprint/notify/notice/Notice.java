package io.faultprint.notify.notice;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling.
 *
 * @param story the incident as it is now
 * @param before as it was last told; null when it was not
 * @param worstBefore the smallest severity number before this revision; more than 4 when there was none
 * @param diagnosis the latest of its cluster; null when there is none
 * @param happened what makes it worth telling; not empty
 */
public record Notice(
        Story story,
        @Nullable Story before,
        int worstBefore,
        @Nullable Headline diagnosis,
        Set<Happening> happened) {

    /** More than any severity. */
    static final int NONE = Integer.MAX_VALUE;

    public Notice {
        if (happened.isEmpty()) {
            throw new IllegalArgumentException("a notice of " + story.id() + " without anything that happened");
        }
        happened = Collections.unmodifiableSet(EnumSet.copyOf(happened));
    }

    /** The name of what happened. */
    public Happening event() {
        return happened.iterator().next();
    }

    /**
     * The receiver's key for telling a repetition from news: incident, revision and, where one is told, the revision of the
     * diagnosis. The same key says the same of incident and diagnosis, whoever sends it and how often.
     *
     * @param run the run's id; ids of a replay are those of what it plays
     */
    public String key(String run) {
        return (run.isEmpty() ? "" : run + ":")
                + story.id() + "." + story.revision()
                + (diagnosis == null ? "" : ".d" + diagnosis.revision());
    }

    /**
     * The same for somebody who is told of incidents that ever were as severe as this; null when this one never was. The
     * first revision that is opens it for him.
     */
    public @Nullable Notice within(int severity) {
        if (Math.min(worstBefore, story.severity()) > severity) {
            return null;
        }
        boolean toldBefore = worstBefore <= severity;
        return toldBefore || before == null || !story.open()
                ? this
                : new Notice(story, null, NONE, diagnosis, Set.of(Happening.OPENED));
    }
}
