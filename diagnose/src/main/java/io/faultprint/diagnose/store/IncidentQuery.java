package io.faultprint.diagnose.store;

import io.faultprint.incident.IncidentStatus;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which incidents to list, newest first.
 *
 * @param environment only of this environment
 * @param status only in this status
 * @param since only those that opened at or after this time, epoch milliseconds
 * @param limit at most so many, 1 to 1000
 */
public record IncidentQuery(
        Optional<String> environment, Optional<IncidentStatus> status, OptionalLong since, int limit) {

    /** The most that one query gives. */
    public static final int MOST = 1000;

    public IncidentQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + ": give 1 to " + MOST);
        }
    }

    /** The newest incidents of all environments. */
    public static IncidentQuery newest(int limit) {
        return new IncidentQuery(Optional.empty(), Optional.empty(), OptionalLong.empty(), limit);
    }
}
