package io.faultprint.correlate.candidate;

import io.faultprint.snapshot.ChangeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a service is a candidate, in words with numbers. */
final class Reasons {

    private static final int SURPRISES = 3;
    private static final int NAMES = 4;

    private Reasons() {}

    static List<String> of(Suspicion s, Blame blame, int services, long first, @Nullable ChangeRef change) {
        List<String> reasons = new ArrayList<>();
        s.surprises().stream()
                .limit(SURPRISES)
                .map(seen -> SurpriseWords.withNumbers(seen.getSurprise()))
                .forEach(reasons::add);
        if (services > 1) {
            reasons.add(onset(s.row().getOnset(), first, services));
            position(s.service(), blame, reasons);
        }
        if (change != null) {
            reasons.add(change(change, s.row().getOnset()));
        }
        if (s.row().getLearning()) {
            reasons.add("still being learned, so it counts half");
        }
        return List.copyOf(reasons);
    }

    private static String onset(long onset, long first, int services) {
        return onset == first
                ? "first of " + services + " services to look odd, at " + Instant.ofEpochMilli(onset)
                : "looked odd " + SurpriseWords.number((onset - first) / 1000.0) + " s after the first of " + services
                        + " services";
    }

    private static void position(String service, Blame blame, List<String> reasons) {
        List<String> above = blame.explains(service);
        List<String> below = blame.explainedBy(service);
        if (!above.isEmpty()) {
            reasons.add("called by " + names(above) + ", odd as well"
                    + (below.isEmpty() ? "; nothing that it calls is" : ""));
        }
        if (!below.isEmpty()) {
            reasons.add("calls " + names(below) + ", which may explain part of it");
        }
    }

    private static String change(ChangeRef change, long onset) {
        String version = change.getVersionAfter().isEmpty()
                ? ""
                : " " + (change.getVersionBefore().isEmpty() ? "" : change.getVersionBefore() + " to ")
                        + change.getVersionAfter();
        String kind = change.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        long seconds = Duration.ofMillis(onset - change.getTime()).toSeconds();
        return kind + version + " " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " before"
                + (change.getWhat().isEmpty() ? "" : ": " + change.getWhat());
    }

    private static String names(List<String> services) {
        return services.size() <= NAMES
                ? String.join(", ", services)
                : String.join(", ", services.subList(0, NAMES)) + " and " + (services.size() - NAMES) + " more";
    }
}
