package io.faultprint.notify.notice;

import java.util.Locale;

/** What makes a revision worth telling, in the order in which the first of several names the notification. */
public enum Happening {
    /** The incident is told for the first time. */
    OPENED,
    /** It was over, and goes on. */
    REOPENED,
    /** Another incident carries it on. */
    MERGED,
    /** It is over. */
    RESOLVED,
    /** A diagnosis of its cluster is there that it was not told with. */
    DIAGNOSED,
    /** Its severity is another one. */
    SEVERITY,
    /** Its services are others. */
    SERVICES;

    /** As receivers read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
