package io.faultprint.notify.form;

import io.faultprint.notify.notice.Notice;
import io.faultprint.notify.notice.Story;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Alertmanager's own webhooks send, version 4, so that whatever understands those understands us: one group for each
 * incident, with one alert in it.
 *
 * <p>Source: Prometheus' documentation, "Alertmanager, configuration, webhook_config".
 */
public final class WebhookForm implements Form {

    /** Go's zero time: what Alertmanager writes as the end of what goes on. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private final Origin origin;

    public WebhookForm(Origin origin) {
        this.origin = origin;
    }

    @Override
    public byte[] body(Notice notice, long now) {
        Story story = notice.story();
        String status = story.open() ? "firing" : "resolved";
        Map<String, String> labels = Alerts.labels(story, origin);
        Map<String, String> annotations = Alerts.annotations(story, notice.diagnosis());
        Map<String, String> group = new LinkedHashMap<>();
        group.put("environment", story.environment());
        group.put("incident", story.id());

        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("status", status);
        alert.put("labels", labels);
        alert.put("annotations", annotations);
        alert.put("startsAt", Alerts.time(story.started()));
        alert.put(
                "endsAt", story.open() ? NO_END : Alerts.time(Objects.requireNonNullElse(story.ended(), story.asOf())));
        alert.put("generatorURL", origin.linkTo(story.environment(), story.id()));
        alert.put("fingerprint", fingerprint(story));

        Map<String, Object> message = new LinkedHashMap<>();
        message.put("version", "4");
        message.put(
                "groupKey",
                "{}:{environment=" + quoted(story.environment()) + ", incident=" + quoted(story.id()) + "}");
        message.put("truncatedAlerts", 0);
        message.put("status", status);
        message.put("receiver", origin.target());
        message.put("groupLabels", group);
        message.put("commonLabels", labels);
        message.put("commonAnnotations", annotations);
        message.put("externalURL", origin.root());
        message.put("alerts", List.of(alert));
        return Alerts.json(message);
    }

    /** The incident's own hash: the same whatever its severity and services are, so that receivers keep one alert of it. */
    private static String fingerprint(Story story) {
        return story.id().substring(story.id().lastIndexOf('-') + 1);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
