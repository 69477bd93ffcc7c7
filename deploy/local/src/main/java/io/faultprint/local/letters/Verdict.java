package io.faultprint.local.letters;

/** Whether a letter can be sent again, and how. */
public sealed interface Verdict {

    /** Into the topic that it came from. */
    record ToTopic(Origin.Place place) implements Verdict {}

    /** To a door of ingest, as a request of its own. */
    record ToDoor(String path, String contentType) implements Verdict {}

    /** Not at all, or not now. */
    record No(String why) implements Verdict {}
}
