package io.faultprint.notify.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.notify.notice.Headline;
import io.faultprint.notify.notice.Story;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An incident as labels and annotations, the same in both forms of Alertmanager; and what all forms share. */
final class Alerts {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A label is shown in one line. */
    private static final int MOST_SERVICES = 10;

    private Alerts() {}

    /** What identifies the alert. Severity and services change; then the alert with the old ones has to be ended. */
    static Map<String, String> labels(Story story, Origin origin) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", "FaultprintIncident");
        labels.put("environment", story.environment());
        labels.put("incident", story.id());
        labels.put("severity", Integer.toString(story.severity()));
        labels.put("services", services(story));
        if (!origin.run().isEmpty()) {
            labels.put("run", origin.run());
        }
        return labels;
    }

    static Map<String, String> annotations(Story story, @Nullable Headline diagnosis) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", story.title());
        annotations.put("description", description(story, diagnosis));
        if (diagnosis != null) {
            annotations.put("diagnosis", diagnosis.statement());
            annotations.put("confidence", percent(diagnosis.confidence()));
        }
        if (story.cluster() != null) {
            annotations.put("cluster", story.cluster());
            annotations.put("occurrence", Integer.toString(story.occurrence()));
        }
        if (story.previous() != null) {
            annotations.put("previous", story.previous());
        }
        if (story.mergedInto() != null) {
            annotations.put("mergedInto", story.mergedInto());
        }
        return annotations;
    }

    private static String description(Story story, @Nullable Headline diagnosis) {
        StringBuilder text = new StringBuilder("Services: ").append(services(story));
        if (!story.suspects().isEmpty()) {
            text.append("\nMay have started in: ")
                    .append(story.suspects().stream()
                            .map(suspect ->
                                    suspect.service() + " (" + suspect.signal() + ", " + percent(suspect.score()) + ")")
                            .collect(Collectors.joining("; ")));
        }
        if (diagnosis != null) {
            text.append("\nDiagnosis: ").append(diagnosis.statement());
            if (diagnosis.conclusive()) {
                text.append(" (").append(percent(diagnosis.confidence())).append(')');
            }
            diagnosis.nextChecks().forEach(check -> text.append("\nNext: ").append(check));
        }
        if (story.cluster() != null) {
            text.append(
                    story.novel() || story.occurrence() <= 1
                            ? "\nNever seen before."
                            : "\nSeen before: this is occurrence " + story.occurrence() + ".");
        }
        return text.toString();
    }

    private static String services(Story story) {
        List<String> named = story.services().stream().limit(MOST_SERVICES).toList();
        int more = story.serviceCount() - named.size();
        return String.join(",", named) + (more > 0 ? ",+" + more : "");
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }

    /** RFC 3339, in UTC. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notification that is no JSON", e);
        }
    }
}
