package io.faultprint.scenario.plan;

/** Reads what a run is told: the entries of its story, how it is watched, and its weather. */
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

    static Telemetry telemetry(Section in) {
        Double share = in.maybe("traces", each -> each.number("share", 0, 1));
        return new Telemetry(
                share == null ? 1 : share,
                in.whole("scrapeSeconds", 1, 600, 5),
                in.number("missingScrapes", 0, 0.9, 0),
                in.number("clockJitterMs", 0, 1000, 0),
                in.flag("databaseLogs"),
                in.flag("clusterEvents"));
    }

    static Weather weather(Section in) {
        return new Weather(
                in.number("restartEveryHours", 0, 10_000, 0),
                in.number("neighbourEveryMinutes", 0, 100_000, 0),
                in.number("drift", 0, 0.5, 0));
    }
}
