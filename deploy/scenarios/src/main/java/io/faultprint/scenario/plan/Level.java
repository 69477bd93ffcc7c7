package io.faultprint.scenario.plan;

/** Severities of log lines, with OpenTelemetry's severity numbers. */
public enum Level {
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

    private final int number;

    Level(int number) {
        this.number = number;
    }

    /** OpenTelemetry's severity number. */
    public int number() {
        return number;
    }
}
