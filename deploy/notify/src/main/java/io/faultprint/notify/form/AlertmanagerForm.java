package io.faultprint.notify.form;

import io.faultprint.notify.notice.Headline;
import io.faultprint.notify.notice.Notice;
import io.faultprint.notify.notice.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /api/v2/alerts} of an Alertmanager takes: an array of alerts.
 *
 * <p>Source: Alertmanager's api/v2/openapi.yaml, postableAlert. An alert is its labels; it is over when {@code endsAt} is.
 */
public final class AlertmanagerForm implements Form {

    private static final int MOST_ALERTS = 100;

    private final Origin origin;
    private final long holdMillis;

    /**
     * Makes the form.
     *
     * @param hold how long an open incident holds when nothing more is heard of it
     */
    public AlertmanagerForm(Origin origin, Duration hold) {
        this.origin = origin;
        this.holdMillis = hold.toMillis();
    }

    @Override
    public byte[] body(Notice notice, long now) {
        List<Object> alerts = new ArrayList<>();
        Story before = notice.before();
        Story story = notice.story();
        if (before != null && !Alerts.labels(before, origin).equals(Alerts.labels(story, origin))) {
            alerts.add(alert(before, null, now, over(story, now)));
        }
        alerts.add(alert(story, notice.diagnosis(), now, story.open() ? now + holdMillis : over(story, now)));
        return Alerts.json(alerts);
    }

    @Override
    public List<byte[]> again(List<Notice> open, long now) {
        List<byte[]> bodies = new ArrayList<>();
        for (int from = 0; from < open.size(); from += MOST_ALERTS) {
            bodies.add(Alerts.json(open.subList(from, Math.min(open.size(), from + MOST_ALERTS)).stream()
                    .map(notice -> alert(notice.story(), notice.diagnosis(), now, now + holdMillis))
                    .toList()));
        }
        return bodies;
    }

    private Map<String, Object> alert(Story story, @Nullable Headline diagnosis, long now, long endsAt) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", Alerts.labels(story, origin));
        alert.put("annotations", Alerts.annotations(story, diagnosis));
        // Alertmanager refuses an alert that ends before it starts, and clocks differ.
        alert.put("startsAt", Alerts.time(Math.min(story.started(), Math.min(now, endsAt))));
        alert.put("endsAt", Alerts.time(endsAt));
        String link = origin.linkTo(story.environment(), story.id());
        if (!link.isEmpty()) {
            alert.put("generatorURL", link);
        }
        return alert;
    }

    /** Never later than now: an end in the future would leave it firing until then. */
    private static long over(Story story, long now) {
        return Math.min(now, Objects.requireNonNullElse(story.ended(), now));
    }
}
