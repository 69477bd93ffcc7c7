package io.faultprint.scenario.voice;

import java.util.List;

/** Failures as a Rust service reports them. */
final class RustErrors {

    private RustErrors() {}

    static Thrown of(Failure failure, String code, int variant) {
        String peer = failure.peer();
        String call = "error sending request for url (http://" + peer + ":8080" + JavaErrors.path(failure.operation())
                + "): ";
        return switch (failure.kind()) {
            case TIMEOUT -> rust("reqwest::Error", call + "operation timed out");
            case UNREACHABLE -> rust("reqwest::Error", call + "tcp connect error: deadline has elapsed");
            case REFUSED -> rust("reqwest::Error", call + "tcp connect error: Connection refused (os error 111)");
            case RESET -> rust("reqwest::Error", call + "connection closed before message completed");
            case UPSTREAM, UNAUTHORIZED, THROTTLED ->
                rust(
                        "reqwest::Error",
                        "HTTP status error (" + failure.detail() + ") for url (http://" + peer + ":8080)");
            case DNS -> rust("reqwest::Error", call + "dns error: failed to lookup address information: Try again");
            case CERTIFICATE -> rust("reqwest::Error", call + "invalid peer certificate: Expired");
            case CIRCUIT_OPEN -> rust("failsafe::Error", "rejected: circuit to " + peer + " is open");
            case QUERY_TIMEOUT ->
                rust("sqlx::Error", "error returned from database: canceling statement due to user request");
            case POOL_EMPTY ->
                rust(
                        "sqlx::Error",
                        "pool timed out while waiting for an open connection after " + failure.detail() + "ms");
            case UNKNOWN_HOST ->
                rust(
                        "sqlx::Error",
                        "error communicating with database: failed to lookup " + peer + ".db.new-zone.internal");
            case DISK_FULL -> rust("std::io::Error", "No space left on device (os error 28)");
            case DEVICE -> rust("std::io::Error", "Input/output error (os error 5)");
            case BUG ->
                rust(
                        "panic",
                        "called `Option::unwrap()` on a `None` value at src/" + code + "/merge.rs:"
                                + (40 + Math.floorMod(variant, 60)));
            case FLAGGED_BUG ->
                rust(
                        "panic",
                        "index out of bounds: the len is 2 but the index is 2 at src/" + code + "/slots.rs:41:17");
            case BAD_DATA -> rust("serde_json::Error", "invalid type: null, expected a string at line 1 column 412");
            case POISON -> rust("serde_json::Error", "EOF while parsing an object at line 1 column 872");
            case OVERLOADED -> rust("tower::load_shed::Overloaded", "service overloaded");
            case OUT_OF_MEMORY -> rust("alloc", "memory allocation of 67108864 bytes failed");
            case STARTUP -> rust("config::ConfigError", "missing field `signing_key`");
        };
    }

    private static Thrown rust(String type, String message) {
        return new Thrown(type, message, List.of(), null);
    }
}
