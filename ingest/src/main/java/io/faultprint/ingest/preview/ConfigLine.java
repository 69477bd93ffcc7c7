package io.faultprint.ingest.preview;

/** Lines of a stage's configuration as they can be pasted into its file, which is YAML. */
public final class ConfigLine {

    private ConfigLine() {}

    /** {@code topics.NAME.KEY: VALUE}, quoted where YAML would read something else. */
    public static String ofTopic(String topic, String key, String value) {
        return of("topics." + topic + "." + key, value);
    }

    static String of(String key, String value) {
        boolean plain = value.matches("[A-Za-z0-9_][A-Za-z0-9_./,-]*");
        return key + ": " + (plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    /** The same with a remark, which the file takes as well. */
    static String of(String key, String value, String remark) {
        return of(key, value) + "   # " + remark;
    }
}
