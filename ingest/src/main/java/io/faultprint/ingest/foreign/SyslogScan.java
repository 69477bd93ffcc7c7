package io.faultprint.ingest.foreign;

import java.util.ArrayList;
import java.util.List;

/** A walk along one message of RFC 5424, section 6. */
final class SyslogScan {

    /** It is no such message; the message says what stands where. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    /** A parameter of structured data, {@code ID.NAME}. */
    record Param(String name, String value) {}

    private static final int HIGHEST_PRIORITY = 191;

    private final String text;
    private int at;

    SyslogScan(String text) {
        this.text = text;
    }

    /** {@code <PRI>1 }: facility times eight and severity. */
    int priority() throws Wrong {
        int close = text.indexOf('>');
        if (!text.startsWith("<") || close < 2 || close > 4) {
            throw new Wrong(
                    "no syslog of RFC 5424: it does not begin with a priority, as in <165>1" + SyslogReader.MEND);
        }
        int priority = 0;
        for (int i = 1; i < close; i++) {
            int digit = text.charAt(i) - '0';
            priority = digit < 0 || digit > 9 ? Integer.MIN_VALUE : priority * 10 + digit;
        }
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new Wrong("priority " + text.substring(0, close + 1) + " is not between <0> and <191>");
        }
        if (!text.startsWith("1 ", close + 1)) {
            boolean letter = close + 1 < text.length() && Character.isLetter(text.charAt(close + 1));
            throw new Wrong(
                    letter
                            ? "syslog of RFC 3164, whose times have no year" + SyslogReader.MEND
                            : "no version 1 behind the priority, as in <165>1" + SyslogReader.MEND);
        }
        at = close + 3;
        return priority;
    }

    String word(String what) throws Wrong {
        int end = text.indexOf(' ', at);
        if (end <= at) {
            throw new Wrong("it breaks off where " + what + " belongs, at character " + at);
        }
        String word = text.substring(at, end);
        at = end + 1;
        return word;
    }

    List<Param> structuredData() throws Wrong {
        List<Param> params = new ArrayList<>();
        if (text.startsWith("-", at)) {
            at++;
            return params;
        }
        while (at < text.length() && text.charAt(at) == '[') {
            element(params);
        }
        if (params.isEmpty() && (at == 0 || at > text.length() || text.charAt(at - 1) != ']')) {
            throw new Wrong("neither structured data nor - stands at character " + at);
        }
        return params;
    }

    private void element(List<Param> params) throws Wrong {
        at++;
        int start = at;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ']') {
            at++;
        }
        String id = text.substring(start, at);
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
            int equals = text.indexOf("=\"", at);
            if (equals < 0) {
                throw broken(id);
            }
            String name = text.substring(at, equals);
            at = equals + 2;
            params.add(new Param(id + "." + name, value(id)));
        }
        if (at >= text.length() || text.charAt(at) != ']' || id.isEmpty()) {
            throw broken(id);
        }
        at++;
    }

    /** In a value a quote, a backslash and a closing bracket stand behind a backslash. */
    private String value(String id) throws Wrong {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            boolean escape = c == '\\' && at < text.length() && "\"\\]".indexOf(text.charAt(at)) >= 0;
            value.append(escape ? text.charAt(at++) : c);
        }
        throw broken(id);
    }

    private static Wrong broken(String id) {
        return new Wrong("structured data [" + (id.length() > 64 ? id.substring(0, 64) : id) + "…] does not end");
    }

    /** The message behind structured data. */
    String rest() throws Wrong {
        if (at >= text.length()) {
            return "";
        }
        if (text.charAt(at) != ' ') {
            throw new Wrong(
                    "'" + text.charAt(at) + "' stands where a blank before the message belongs, at character " + at);
        }
        String rest = text.substring(at + 1);
        return rest.startsWith("\uFEFF") ? rest.substring(1) : rest;
    }
}
