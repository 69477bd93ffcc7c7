package io.faultprint.scenario.plan;

/** Reads the entries of a story. */
final class StoryReader {

    private static final Between AT_ONCE = new Between(0, 0);
    private static final Between NO_SIZE = new Between(1, 1);

    private StoryReader() {}

    static StoryEntry entry(Section in) {
        Between at = in.duration("at");
        return new StoryEntry(
                in.oneOf("kind", FaultKind.class),
                in.texts("places"),
                in.has("size") ? in.range("size") : NO_SIZE,
                at,
                in.duration("lasts"),
                in.has("onset") ? in.duration("onset") : AT_ONCE,
                in.has("herring") ? in.choice("herring", "", "deploy", "flag", "configuration") : null);
    }
}
