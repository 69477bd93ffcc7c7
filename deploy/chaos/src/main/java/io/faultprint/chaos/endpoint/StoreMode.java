package io.faultprint.chaos.endpoint;

import java.time.Duration;

/** What an {@link OpenSearchProxy} does with requests. A share is a part of them from 0 to 1, drawn by the proxy's seed. */
public sealed interface StoreMode {

    /** Hands on requests and answers. */
    record Pass() implements StoreMode {}

    /** Nobody listens: connections are refused, and those that were open are cut. */
    record Refuse() implements StoreMode {}

    /** The request is carried out, and the connection breaks in the middle of the answer. */
    record Drop(double share) implements StoreMode {
        public Drop {
            Shares.check(share);
        }
    }

    /** The request is carried out, and its answer is lost: a 503 comes instead. */
    record Lose(double share) implements StoreMode {
        public Lose {
            Shares.check(share);
        }
    }

    /** The request is not carried out: 429. */
    record Busy(double share) implements StoreMode {
        public Busy {
            Shares.check(share);
        }
    }

    /** These items of a bulk request are not carried out and answer 429; the others are and do not. */
    record BusyItems(double share) implements StoreMode {
        public BusyItems {
            Shares.check(share);
        }
    }

    /** Each request waits first. */
    record Slow(Duration delay) implements StoreMode {}

    /** Each request is read and never answered. */
    record Hang() implements StoreMode {}

    /** Each answer comes a byte at a time, with this pause between bytes. */
    record Drip(Duration pause) implements StoreMode {}

    /** As with {@code index.blocks.read_only} on every index: writes and mappings are refused with 403. */
    record ReadOnly() implements StoreMode {}

    /** As past the flood-stage watermark: writes are refused with 429 per item, new indices with 403. */
    record FullDisk() implements StoreMode {}

    /** Answers that nobody can use. */
    record Garbage(Kind kind) implements StoreMode {

        /** What the answer is. */
        public enum Kind {
            /** Of a request that was carried out: status 200 and no body. */
            EMPTY,
            /** Of a request that was carried out: status 200 and half of the JSON. */
            HALF_JSON,
            /** From something in between that carried out nothing: status 200 and HTML. */
            PAGE,
            /** From something in between that carried out nothing: status 400 and HTML. */
            BAD_REQUEST_PAGE,
            /** From something in between that carried out nothing: status 502 and HTML. */
            BAD_GATEWAY_PAGE,
            /** From something in between that carried out nothing: status 200 and JSON of another form. */
            OTHER_JSON
        }
    }
}
