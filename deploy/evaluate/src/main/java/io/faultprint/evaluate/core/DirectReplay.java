package io.faultprint.evaluate.core;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.incident.Incident;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.ingest.replay.Replay;
import io.faultprint.ingest.replay.ReplayProgress;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Digest;
import io.faultprint.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Recorded telemetry through ingest's normaliser and all of correlate, in one thread and in event time. */
public final class DirectReplay {

    private final CorrelateConfig config;
    private final TokenKey key;

    /**
     * @param config of correlate; its run must have an id, because recordings may be of any year
     * @param key what secrets are redacted with, as in ingest
     */
    public DirectReplay(CorrelateConfig config, TokenKey key) {
        if (config.run().run().id().isEmpty()) {
            throw new IllegalArgumentException("an evaluation is a run of its own: set run.id");
        }
        this.config = config;
        this.key = key;
    }

    /**
     * Replays the files to their end, merged by time.
     *
     * @throws io.faultprint.runtime.UsageError when a file cannot be opened
     */
    public Said run(List<Path> files, Consumer<ReplayProgress> progress) {
        AvroCodec codec = AvroCodec.bundled();
        List<Incident> revisions = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        try (DirectCorrelate correlate = new DirectCorrelate(config, codec, (topic, value) -> {
                    if (topic.equals(Topics.INCIDENTS)) {
                        revisions.add((Incident) codec.decode(value));
                    } else if (topic.equals(Topics.DIGESTS) && codec.decode(value) instanceof Digest digest) {
                        windows.add(Window.of(digest));
                    }
                });
                DirectDoor door = new DirectDoor(correlate);
                EventProducer producer = new EventProducer(
                        door, codec, config.run().run(), config.partitions().partitions())) {
            Normaliser normaliser = new Normaliser(new Redactor(key), Limits.DEFAULT);
            ReplayResult result = new Replay(
                            producer, normaliser, config.window().windows(), () -> Long.MAX_VALUE, progress)
                    .run(files);
            correlate.finish();
            return new Said(result, revisions, windows);
        }
    }
}
