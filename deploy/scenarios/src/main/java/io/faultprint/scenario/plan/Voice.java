package io.faultprint.scenario.plan;

/** How a service writes its log lines. */
public enum Voice {
    /** nginx access and error lines. */
    NGINX,
    /** The OpenTelemetry Java agent: the bare message, the exception in attributes. */
    JAVA,
    /** A logback console line, with stack traces over several lines. */
    LOGBACK,
    /** Python's logging module, with tracebacks. */
    PYTHON,
    /** One JSON object per line, as Node's pino writes them. */
    NODE_JSON,
    /** key=value, as Go's slog text handler writes it. */
    GO,
    /** Another key=value dialect, as Rust's tracing writes it. */
    LOGFMT
}
