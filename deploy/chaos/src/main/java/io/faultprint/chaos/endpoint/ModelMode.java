package io.faultprint.chaos.endpoint;

import java.time.Duration;

/** What a {@link ModelEndpoint} answers. */
public sealed interface ModelMode {

    /** An answer that the evidence in the question bears out. */
    record Good() implements ModelMode {}

    /** The same, after a while. */
    record Slow(Duration delay) implements ModelMode {}

    /** Reads the question and never answers. */
    record Hang() implements ModelMode {}

    /** A good answer, a byte at a time, with this pause between bytes. */
    record Drip(Duration pause) implements ModelMode {}

    /** 429 with {@code Retry-After}. */
    record Busy(int retryAfterSeconds) implements ModelMode {}

    /** This status and a page instead of JSON. */
    record Broken(int status) implements ModelMode {}

    /** The connection is closed in the middle of a good answer. */
    record Cut() implements ModelMode {}

    /** Status 200 and a body that is not a chat completion, such as {@code {}} or HTML. */
    record NoCompletion(String type, String body) implements ModelMode {}

    /** A well-formed completion in which the model says this. */
    record Says(String content) implements ModelMode {}

    /** A well-formed completion in which the model goes on for this many bytes. */
    record Huge(long bytes) implements ModelMode {}
}
