package io.faultprint.ingest.normalise;

import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.id.Ids;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Topics;
import java.util.List;

/** Declared changes to change events. */
final class ChangeNormaliser {

    /** A release can touch ten thousand files; frames are compared with the first of them. */
    private static final int LONGEST_LIST = 256;

    /** Bytes of one of a list's items: three full lists stay below half of Kafka's usual limit for a record. */
    private static final int ITEM = 512;

    private final Texts texts;
    private final int bytes;

    ChangeNormaliser(Texts texts, Limits limits) {
        this.texts = texts;
        this.bytes = limits.attributeBytes();
    }

    Outcome.Parsed normalise(DeclaredChange change, Source source, int index) {
        EventTimes.Timed time = EventTimes.ofMillis(change.timeMillis(), source);
        String named = change.environment().isBlank() ? Origin.DEFAULT_ENVIRONMENT : change.environment();
        String environment = Keys.escapeEnvironment(named);
        List<String> services = list(change.services());
        Envelope envelope = new Envelope(
                environment,
                services.size() == 1 ? services.get(0) : "",
                "",
                "",
                time.time(),
                source.door(),
                source.batchId(),
                index,
                source.receivedAt(time.time()),
                time.clamped());
        ChangeEvent event = new ChangeEvent(
                envelope,
                change.id().isBlank() ? idOf(change, environment, time.time()) : text(change.id()),
                change.kind(),
                services,
                text(change.who()),
                text(change.what()),
                text(change.versionBefore()),
                text(change.versionAfter()),
                text(change.repository()),
                list(change.commits()),
                list(change.changedPaths()),
                text(change.link()));
        return new Outcome.Parsed(Topics.CHANGES, environment, event);
    }

    /** Environment, time, kind, services, what, versions, commits: the same declaration twice is one change. */
    private static String idOf(DeclaredChange change, String environment, long time) {
        return Ids.of(
                "chg1",
                environment,
                Long.toString(time),
                change.kind().name(),
                String.join("\n", change.services()),
                change.what(),
                change.versionBefore(),
                change.versionAfter(),
                String.join("\n", change.commits()));
    }

    private String text(String text) {
        return texts.bounded(text, bytes).text();
    }

    private List<String> list(List<String> items) {
        return items.stream()
                .limit(LONGEST_LIST)
                .map(item -> texts.bounded(item, ITEM).text())
                .toList();
    }
}
