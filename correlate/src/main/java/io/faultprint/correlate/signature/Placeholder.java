package io.faultprint.correlate.signature;

/** The variables that masking knows; the text is part of every signature's identity. */
enum Placeholder {
    /** An argument, a value or a list of any shape: what stands after {@code key=}, or alone in a call's brackets. */
    VALUE("<val>"),
    FLAG("<flag>"),
    NUMBER("<num>"),
    DURATION("<dur>"),
    SIZE("<size>"),
    TIME("<time>"),
    IP("<ip>"),
    MAC("<mac>"),
    HOST("<host>"),
    UUID("<uuid>"),
    HEX("<hex>"),
    ID("<id>"),
    PATH("<path>"),
    URL("<url>"),
    EMAIL("<email>"),
    NAME("<name>"),
    /** A place in code with its line number. */
    FRAME("<frame>"),
    /** What a cap cut off. */
    MORE("<more>");

    private final String text;

    Placeholder(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
