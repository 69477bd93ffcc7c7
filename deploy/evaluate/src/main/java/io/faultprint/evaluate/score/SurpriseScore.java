package io.faultprint.evaluate.score;

import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.core.Window;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.evaluate.truth.Fault;
import io.faultprint.snapshot.SurpriseKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The services' windows of one case that looked abnormal, beside the truth. Windows of services that show a fault, and
 * the minutes after one, are not counted as healthy; what learning or blind windows say counts for nothing.
 *
 * @param shown services of faults that show it: those with an abnormal window while it lasted
 * @param alarms abnormal ones of the healthy windows
 * @param byKind healthy abnormal windows by their strongest surprise
 */
public record SurpriseScore(Interval shown, Interval alarms, Map<SurpriseKind, Integer> byKind) {

    private static final long RECOVERY_MILLIS = Duration.ofMinutes(5).toMillis();

    /**
     * Judges what was said of a case.
     *
     * @param strength from which a window is abnormal, as {@code incidents.medium}
     */
    public static SurpriseScore of(Case truth, Said said, double strength) {
        Interval shown = new Interval(0, 0);
        for (Fault fault : truth.faults()) {
            for (String service : fault.visible()) {
                boolean seen = said.windows().stream()
                        .anyMatch(window -> window.service().equals(service)
                                && window.judged()
                                && window.strength() >= strength
                                && window.end() > fault.time()
                                && window.start() < fault.end());
                shown = shown.plus(new Interval(seen ? 1 : 0, 1));
            }
        }
        Interval alarms = new Interval(0, 0);
        Map<SurpriseKind, Integer> byKind = new EnumMap<>(SurpriseKind.class);
        for (Window window : said.windows()) {
            if (!window.judged() || troubled(truth, window)) {
                continue;
            }
            boolean abnormal = window.strength() >= strength;
            alarms = alarms.plus(new Interval(abnormal ? 1 : 0, 1));
            if (abnormal && !window.surprises().isEmpty()) {
                byKind.merge(window.surprises().get(0).kind(), 1, Integer::sum);
            }
        }
        return new SurpriseScore(shown, alarms, byKind);
    }

    private static boolean troubled(Case truth, Window window) {
        return truth.faults().stream()
                .anyMatch(fault -> window.end() > fault.time() && window.start() < fault.end() + RECOVERY_MILLIS);
    }
}
