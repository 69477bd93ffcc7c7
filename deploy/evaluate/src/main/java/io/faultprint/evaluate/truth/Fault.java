package io.faultprint.evaluate.truth;

import io.faultprint.diagnosis.CauseCategory;
import java.util.List;
import java.util.Optional;

/**
 * Something that went wrong.
 *
 * @param time its onset, epoch milliseconds
 * @param end when it was over, epoch milliseconds; {@code time} plus five minutes where the truth does not say
 * @param service where it sat
 * @param type its kind, as the folder calls it
 * @param category the cause, in the vocabulary that rules and models have; empty where the truth does not say
 * @param component what of the service failed, such as its database; empty where the truth does not say
 * @param change the id of the change that caused it
 * @param visible the services whose telemetry shows it, the service itself among them
 * @param signs when something about it begins to show, epoch milliseconds; empty where the truth does not say
 */
public record Fault(
        long time,
        long end,
        String service,
        String type,
        Optional<CauseCategory> category,
        Optional<String> component,
        Optional<String> change,
        List<String> visible,
        List<Long> signs) {

    public Fault {
        visible = List.copyOf(visible);
        signs = List.copyOf(signs);
    }
}
