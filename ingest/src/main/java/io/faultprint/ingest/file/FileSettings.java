package io.faultprint.ingest.file;

import java.time.Duration;

/**
 * How files are followed.
 *
 * @param look how often files that are known are looked at
 * @param scan how often new ones are looked for
 * @param quiet how long an entry may wait for more of its lines
 * @param gone how long a file that was renamed or deleted may stand still before it is let go
 * @param lineBytes how much is kept of a line
 * @param pieceBytes how much is read of a file at once
 * @param roundBytes how much is read before Kafka must have it
 */
record FileSettings(
        Duration look, Duration scan, Duration quiet, Duration gone, int lineBytes, int pieceBytes, int roundBytes) {

    static final FileSettings DEFAULT = new FileSettings(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            256 << 10,
            256 << 10,
            2 << 20);
}
