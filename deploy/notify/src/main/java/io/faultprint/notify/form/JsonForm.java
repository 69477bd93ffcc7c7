package io.faultprint.notify.form;

import io.faultprint.notify.notice.Happening;
import io.faultprint.notify.notice.Headline;
import io.faultprint.notify.notice.Notice;
import io.faultprint.notify.notice.Story;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Faultprint's own form, described by {@code deploy/notify/notification.schema.json}. Of one key, incident
 * and diagnosis are always the same.
 */
public final class JsonForm implements Form {

    private static final int VERSION = 1;

    private final Origin origin;

    public JsonForm(Origin origin) {
        this.origin = origin;
    }

    @Override
    public byte[] body(Notice notice, long now) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("version", VERSION);
        message.put("delivery", notice.key(origin.run()));
        message.put("event", notice.event().word());
        message.put("happened", notice.happened().stream().map(Happening::word).toList());
        message.put("run", origin.run());
        message.put("incident", incident(notice.story()));
        message.put("diagnosis", diagnosis(notice.diagnosis()));
        return Alerts.json(message);
    }

    private Map<String, Object> incident(Story story) {
        Map<String, Object> incident = new LinkedHashMap<>();
        incident.put("id", story.id());
        incident.put("revision", story.revision());
        incident.put("environment", story.environment());
        incident.put("status", story.status().name());
        incident.put("title", story.title());
        incident.put("severity", story.severity());
        incident.put("services", story.services());
        incident.put("serviceCount", story.serviceCount());
        incident.put("candidates", story.suspects());
        incident.put("started", Alerts.time(story.started()));
        incident.put("opened", Alerts.time(story.opened()));
        incident.put("asOf", Alerts.time(story.asOf()));
        incident.put("ended", story.ended() == null ? null : Alerts.time(story.ended()));
        incident.put("mergedInto", story.mergedInto());
        incident.put("splitFrom", story.splitFrom());
        incident.put("cluster", story.cluster());
        incident.put("novel", story.novel());
        incident.put("occurrence", story.occurrence());
        incident.put("previous", story.previous());
        String link = origin.linkTo(story.environment(), story.id());
        incident.put("link", link.isEmpty() ? null : link);
        return incident;
    }

    private static @Nullable Map<String, Object> diagnosis(@Nullable Headline headline) {
        if (headline == null) {
            return null;
        }
        Map<String, Object> diagnosis = new LinkedHashMap<>();
        diagnosis.put("cluster", headline.cluster());
        diagnosis.put("generation", headline.generation());
        diagnosis.put("revision", headline.revision());
        diagnosis.put("conclusive", headline.conclusive());
        diagnosis.put("statement", headline.statement());
        diagnosis.put("confidence", headline.confidence());
        diagnosis.put("category", headline.category());
        diagnosis.put("service", headline.service());
        diagnosis.put("nextChecks", headline.nextChecks());
        diagnosis.put("engine", headline.engine());
        return diagnosis;
    }
}
