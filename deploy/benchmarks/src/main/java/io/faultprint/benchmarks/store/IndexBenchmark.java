package io.faultprint.benchmarks.store;

import io.faultprint.benchmarks.load.Snapshots;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.diagnose.store.OpenSearchStore;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * How fast diagnose's documents reach a real OpenSearch node: snapshots are decoded, made into documents, and written in
 * batches as large as a poll; its events are snapshots. The CPU is that of this process, not of OpenSearch.
 */
public final class IndexBenchmark implements Benchmark {

    private static final int BATCH = 500;

    /** A snapshot stands for what a service said in a window, so there are fewer of them. */
    private static final int EVENTS_OF_A_SNAPSHOT = 20;

    private static final AvroCodec CODEC = AvroCodec.bundled();

    @Override
    public String name() {
        return "index";
    }

    @Override
    public String about() {
        return "snapshots into OpenSearch; its events are snapshots";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        int count = Math.max(1, ground.events() / EVENTS_OF_A_SNAPSHOT);
        String address = ground.openSearch();
        return new Contest<List<byte[]>>()
                .with("index", snapshots -> index(address, new Run("benchmark", ground.fresh("i")), snapshots))
                .run(ground, round -> Snapshots.encoded(count));
    }

    private static Stretch index(String address, Run run, List<byte[]> snapshots) {
        Documents documents = new Documents(run);
        try (OpenSearchStore store = new OpenSearchStore(OpenSearchSettings.at(address), run)) {
            store.prepare();
            Stopwatch watch = new Stopwatch();
            for (int from = 0; from < snapshots.size(); from += BATCH) {
                List<Document> batch = new ArrayList<>();
                for (byte[] snapshot : snapshots.subList(from, Math.min(snapshots.size(), from + BATCH))) {
                    batch.addAll(documents.of(CODEC.decode(snapshot)));
                }
                for (Outcome outcome : store.write(batch)) {
                    if (!(outcome instanceof Outcome.Done)) {
                        throw new IllegalStateException("OpenSearch did not take a snapshot: " + outcome);
                    }
                }
            }
            return watch.stretch(snapshots.size());
        }
    }
}
