package io.faultprint.ingest.replay;

import io.faultprint.ingest.loss.LossCounters.Loss;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay did.
 *
 * @param received events and dead letters by the topic they are meant for (logs, metrics, spans,
 *     changes), and "unreadable" for what could not be told
 * @param loss the loss equation of the door
 * @param deadLetters dead letters by cause
 * @param clamped events whose own time could not be believed
 * @param coveredFrom start of the first window, epoch milliseconds
 * @param lastTime the last event time, epoch milliseconds; equal to coveredFrom when there was no event
 */
public record ReplayResult(
        Map<String, Long> received,
        Loss loss,
        Map<String, Long> deadLetters,
        long clamped,
        long coveredFrom,
        long lastTime) {

    public ReplayResult {
        received = Collections.unmodifiableMap(new TreeMap<>(received));
        deadLetters = Collections.unmodifiableMap(new TreeMap<>(deadLetters));
    }
}
