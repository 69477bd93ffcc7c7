package io.faultprint.evaluate;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.evaluate.core.DirectReplay;
import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.ingest.redact.TokenKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Replays cases through correlate, several at once, each from nothing known.
 *
 * @param config of correlate
 * @param key what secrets are redacted with
 * @param threads how many at once
 */
public record Evaluation(CorrelateConfig config, TokenKey key, int threads) {

    /** Judges what was said of a case, on any thread. */
    public interface Judge<T> {

        /** Its verdict. */
        T judge(Case which, Said said) throws InterruptedException;
    }

    /** Hears how far it is, on any thread. */
    public interface Progress {

        /** A case has been read to its end. */
        void done(Case which, Said said);
    }

    /**
     * Judges each case; in the order of the cases. What was said of one is forgotten once it is judged.
     *
     * @throws io.faultprint.runtime.UsageError when a file cannot be read
     */
    public <T> List<T> over(List<Case> cases, Judge<T> judge, Progress progress) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, cases.size())));
        try {
            List<Future<T>> judged = new ArrayList<>();
            for (Case each : cases) {
                judged.add(pool.submit(() -> {
                    Said said = new DirectReplay(config, key).run(each.files(), far -> {});
                    progress.done(each, said);
                    return judge.judge(each, said);
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> each : judged) {
                all.add(each.get());
            }
            return all;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
