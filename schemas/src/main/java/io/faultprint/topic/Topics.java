package io.faultprint.topic;

import static io.faultprint.topic.Topic.Group.EVENTS;
import static io.faultprint.topic.Topic.Retention.COMPACT;
import static io.faultprint.topic.Topic.Retention.COMPACT_AFTER_WEEK;
import static io.faultprint.topic.Topic.Retention.DELETE;
import static io.faultprint.topic.Topic.Retention.DELETE_LONG;
import static io.faultprint.topic.Topic.Retention.LATEST_FOR_WEEK;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.FeedbackEvent;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.NoteEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.pulse.Pulse;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Tick;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The catalogue of topics: the one place where they are declared. */
public final class Topics {

    public static final Topic LOGS =
            new Topic("logs", "environment/service", EVENTS, DELETE, List.of(LogEvent.class, Heartbeat.class));
    public static final Topic METRICS =
            new Topic("metrics", "environment/service", EVENTS, DELETE, List.of(MetricEvent.class, Heartbeat.class));
    public static final Topic SPANS =
            new Topic("spans", "environment/trace id", EVENTS, DELETE, List.of(SpanEvent.class, Heartbeat.class));
    public static final Topic CHANGES =
            new Topic("changes", "environment", EVENTS, DELETE_LONG, List.of(ChangeEvent.class, Heartbeat.class));
    public static final Topic ALERTS =
            new Topic("alerts", "environment", EVENTS, DELETE_LONG, List.of(AlertEvent.class, Heartbeat.class));
    public static final Topic PARTIALS = new Topic(
            "partials",
            "environment/service",
            EVENTS,
            DELETE,
            List.of(SpanPartial.class, EdgePartial.class, ChangeEvent.class, AlertEvent.class, Tick.class));
    public static final Topic SIGNATURES =
            new Topic("signatures", "environment/service/signature", EVENTS, COMPACT, List.of(SignatureEntry.class));
    public static final Topic SNAPSHOTS =
            new Topic("snapshots", "environment/service", EVENTS, DELETE, List.of(Snapshot.class));
    public static final Topic DIGESTS =
            new Topic("digests", "environment", Topic.Group.INCIDENTS, DELETE, List.of(Digest.class, Tick.class));
    public static final Topic INCIDENTS = new Topic(
            "incidents", "environment/id", Topic.Group.INCIDENTS, COMPACT_AFTER_WEEK, List.of(Incident.class));
    public static final Topic CLUSTERS =
            new Topic("clusters", "environment/id", Topic.Group.INCIDENTS, COMPACT_AFTER_WEEK, List.of(Cluster.class));
    public static final Topic DIAGNOSES = new Topic(
            "diagnoses", "environment/cluster", Topic.Group.INCIDENTS, COMPACT_AFTER_WEEK, List.of(Diagnosis.class));
    public static final Topic NOTES =
            new Topic("notes", "environment", Topic.Group.INCIDENTS, DELETE_LONG, List.of(NoteEvent.class));
    public static final Topic FEEDBACK =
            new Topic("feedback", "environment", Topic.Group.INCIDENTS, DELETE_LONG, List.of(FeedbackEvent.class));
    /** Original bytes of events whose window had closed; cause and coordinates in headers. */
    public static final Topic LATE = new Topic("late", "the source's", EVENTS, DELETE_LONG, List.of());
    /** Original bytes of what could not be used; cause, stage and coordinates in headers. */
    public static final Topic DEAD_LETTERS = new Topic("dead-letters", "the source's", EVENTS, DELETE_LONG, List.of());

    /** What each instance of each stage says of itself; the one topic about Faultprint and not about what it watches. */
    public static final Topic PULSE =
            new Topic("pulse", "stage/instance", Topic.Group.INCIDENTS, LATEST_FOR_WEEK, List.of(Pulse.class));

    private static final List<Topic> ALL = List.of(
            LOGS,
            METRICS,
            SPANS,
            CHANGES,
            ALERTS,
            PARTIALS,
            SIGNATURES,
            SNAPSHOTS,
            DIGESTS,
            INCIDENTS,
            CLUSTERS,
            DIAGNOSES,
            NOTES,
            FEEDBACK,
            LATE,
            DEAD_LETTERS,
            PULSE);

    private Topics() {}

    /** Every topic of a run. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The topics into whose every partition each door sends its heartbeats. */
    public static List<Topic> eventTopics() {
        return List.of(LOGS, METRICS, SPANS, CHANGES, ALERTS);
    }

    /** Every record type that stands in some topic, each once. */
    public static List<Class<? extends SpecificRecord>> recordTypes() {
        return ALL.stream()
                .<Class<? extends SpecificRecord>>flatMap(topic -> topic.values().stream())
                .distinct()
                .toList();
    }
}
