package io.faultprint.scenario.voice;

/** Stack traces as each language prints them, and quoting for JSON and key=value lines. */
final class Traces {

    private Traces() {}

    static String java(Thrown thrown) {
        var text = new StringBuilder(head(thrown));
        for (Thrown cause = thrown.cause(); cause != null; cause = cause.cause()) {
            text.append("\nCaused by: ").append(head(cause)).append("\n\t... 42 common frames omitted");
        }
        return text.toString();
    }

    private static String head(Thrown thrown) {
        var text = new StringBuilder(thrown.type()).append(": ").append(thrown.message());
        thrown.frames().forEach(frame -> text.append("\n\tat ").append(frame));
        return text.toString();
    }

    static String python(Thrown thrown) {
        var text = new StringBuilder("Traceback (most recent call last):");
        for (int i = thrown.frames().size() - 1; i >= 0; i--) {
            String frame = thrown.frames().get(i);
            text.append("\n  ")
                    .append(frame)
                    .append("\n    return ")
                    .append(frame.substring(frame.lastIndexOf(' ') + 1));
            text.append("(request)");
        }
        return text.append('\n')
                .append(thrown.type())
                .append(": ")
                .append(thrown.message())
                .toString();
    }

    static String node(Thrown thrown) {
        var text = new StringBuilder(thrown.type()).append(": ").append(thrown.message());
        thrown.frames().forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }

    static String go(Thrown thrown) {
        var text = new StringBuilder("panic: ").append(thrown.message()).append("\n\ngoroutine 318 [running]:");
        thrown.frames().forEach(frame -> {
            int file = frame.indexOf(" /");
            text.append('\n').append(frame, 0, file).append("\n\t").append(frame.substring(file + 1));
        });
        return text.toString();
    }

    static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
