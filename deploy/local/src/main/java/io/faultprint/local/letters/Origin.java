package io.faultprint.local.letters;

/** Where a letter's record came from. */
public sealed interface Origin {

    /** It stood in a topic. */
    record Place(String topic, int partition, long offset) implements Origin {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /**
     * It came to a door of ingest.
     *
     * @param place {@code POST /v1/logs} or {@code telemetry.jsonl:17}
     * @param contentType what the bytes are
     */
    record Door(String door, String place, String contentType) implements Origin {
        @Override
        public String toString() {
            return place;
        }
    }

    /** A stage made it and could not write it. */
    record Unwritten(String topic) implements Origin {
        @Override
        public String toString() {
            return "for " + topic;
        }
    }

    /** Its headers do not say; {@code why} does. */
    record Unknown(String why) implements Origin {
        @Override
        public String toString() {
            return "?";
        }
    }
}
