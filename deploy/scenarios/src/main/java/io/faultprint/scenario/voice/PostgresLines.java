package io.faultprint.scenario.voice;

import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.signal.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * PostgreSQL's own log, with {@code log_line_prefix = '%m [%p] %q%u@%d '} and statements of more than a second logged. The
 * severity stands in the text only, as when the file is followed.
 *
 * @see <a href="https://www.postgresql.org/docs/16/runtime-config-logging.html">Error reporting and logging</a>
 */
public final class PostgresLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Resource resource;

    /** The log of one database. */
    public PostgresLines(Resource resource) {
        this.resource = resource;
    }

    /** A statement that took long; printed when it ends. */
    public Signal.Log slow(long timeNanos, int pid, String user, String operation, double millis) {
        String took = String.format(Locale.ROOT, "duration: %.3f ms  statement: ", millis);
        return client(timeNanos, pid, user, "LOG:  " + took + statement(operation));
    }

    /** A write that found no space. */
    public Signal.Log noSpace(long timeNanos, int pid, String user, String operation) {
        return client(
                timeNanos,
                pid,
                user,
                "ERROR:  could not extend file \"base/16384/2619\": No space left on device\n\tHINT:  Check free disk"
                        + " space.\n\tSTATEMENT:  " + statement(operation));
    }

    /** A statement whose caller has given up. */
    public Signal.Log cancelled(long timeNanos, int pid, String user, String operation) {
        return client(
                timeNanos,
                pid,
                user,
                "ERROR:  canceling statement due to user request\n\tSTATEMENT:  " + statement(operation));
    }

    /** A client whose process died. */
    public Signal.Log lostClient(long timeNanos, int pid, String user) {
        return client(timeNanos, pid, user, "LOG:  could not receive data from client: Connection reset by peer");
    }

    /** The checkpointer begins. */
    public Signal.Log checkpointStarts(long timeNanos) {
        return line(timeNanos, 27, "", "LOG:  checkpoint starting: time");
    }

    /** The checkpointer is through. */
    public Signal.Log checkpointEnds(long timeNanos, int buffers, double seconds) {
        return line(
                timeNanos,
                27,
                "",
                String.format(
                        Locale.ROOT,
                        "LOG:  checkpoint complete: wrote %d buffers (%.1f%%); 0 WAL file(s) added, 0 removed, 0 recycled;"
                                + " write=%.3f s, sync=0.004 s, total=%.3f s",
                        buffers,
                        buffers / 163.84,
                        seconds,
                        seconds + 0.021));
    }

    private Signal.Log client(long timeNanos, int pid, String user, String text) {
        return line(timeNanos, pid, user + "@" + resource.service() + " ", text);
    }

    private Signal.Log line(long timeNanos, int pid, String who, String text) {
        String body = TIME.format(Instant.ofEpochSecond(0, timeNanos)) + " [" + pid + "] " + who + text;
        return new Signal.Log(resource, timeNanos, 0, null, body, null, null, Map.of());
    }

    private static String statement(String operation) {
        int space = operation.indexOf(' ');
        String table = operation.substring(space + 1);
        return switch (operation.substring(0, Math.max(0, space))) {
            case "INSERT" -> "INSERT INTO " + table + " (id, body, created_at) VALUES ($1, $2, $3)";
            case "UPDATE" -> "UPDATE " + table + " SET body = $1 WHERE id = $2";
            case "DELETE" -> "DELETE FROM " + table + " WHERE id = $1";
            default -> "SELECT * FROM " + table + " WHERE id = $1 ORDER BY created_at";
        };
    }
}
