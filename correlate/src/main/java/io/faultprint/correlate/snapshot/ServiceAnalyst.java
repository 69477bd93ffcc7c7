package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.span.Latency;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.MetricSummary;
import io.faultprint.snapshot.OperationSummary;
import io.faultprint.snapshot.SignatureCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Surprise;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges one service in one closed window: first everything is judged, then the baselines learn, or abstain. */
public final class ServiceAnalyst {

    private static final int DIGEST_CHANGES = 5;
    private static final int DIGEST_PATHS = 5;
    private static final int DIGEST_TEXT = 120;
    private static final int DIGEST_LINK = 300;

    private final AnalystSettings settings;

    public ServiceAnalyst(AnalystSettings settings) {
        this.settings = settings;
    }

    /**
     * The snapshot and digest of a window; puts what was learned into {@code rows}.
     *
     * @param known the service as it was before this window; null when this is its first
     * @param templates templates of all signatures of the service, by id
     */
    public Assessment assess(
            ServiceWindow window, @Nullable ServiceRow known, BaselineRows rows, Map<String, String> templates) {
        ServiceRow before = known == null ? firstSeen(window) : known;
        Findings findings = new Findings();
        if (window.covered()) {
            judge(window, before, rows, findings, templates);
        }
        double strength = findings.strength();
        boolean remarkable = strength >= settings.remarkable();
        findings.learn(remarkable);
        ServiceRow after = window.covered() ? counted(before, window, remarkable) : lastSeen(before, window);
        List<Surprise> surprises = findings.surprises();
        boolean learning = learning(before);
        return new Assessment(
                snapshot(window, surprises, learning), digest(window, surprises, strength, learning), after);
    }

    private void judge(
            ServiceWindow window,
            ServiceRow before,
            BaselineRows rows,
            Findings findings,
            Map<String, String> templates) {
        new LifeJudge(window, before, rows, findings).judge(settings.learningWindows());
        if (window.logs() > 0) {
            new LogJudge(window, before, rows, findings, settings.learningWindows()).judge(templates);
        }
        if (window.spans() > 0) {
            new SpanJudge(window, before, rows, findings, settings.learningWindows()).judge(window.operations());
        }
        new MetricJudge(window, before, rows, findings).judge();
    }

    /** While no kind of signal of the service has been seen for long enough. */
    private boolean learning(ServiceRow row) {
        return row.getLogWindows() < settings.learningWindows()
                && row.getSpanWindows() < settings.learningWindows()
                && row.getMetricWindows() < settings.learningWindows();
    }

    private static ServiceRow firstSeen(ServiceWindow window) {
        return new ServiceRow(window.start(), window.start(), 0, 0, 0, 0, -1, -1, -1, -1, 0, List.of());
    }

    private static ServiceRow counted(ServiceRow row, ServiceWindow window, boolean remarkable) {
        int windows = row.getWindows() + 1;
        int logWindows = row.getLogWindows() + (window.logs() > 0 ? 1 : 0);
        int spanWindows = row.getSpanWindows() + (window.spans() > 0 ? 1 : 0);
        int metricWindows = row.getMetricWindows() + (window.series().isEmpty() ? 0 : 1);
        return new ServiceRow(
                row.getFirstWindow(),
                window.alive() ? window.start() : row.getLastWindow(),
                windows,
                logWindows,
                spanWindows,
                metricWindows,
                remarkable ? logWindows : row.getOddLogWindow(),
                remarkable ? spanWindows : row.getOddSpanWindow(),
                remarkable ? metricWindows : row.getOddMetricWindow(),
                remarkable ? windows : row.getOddWindow(),
                window.alive() ? 0 : row.getSilent() + 1,
                row.getOperations());
    }

    private static ServiceRow lastSeen(ServiceRow row, ServiceWindow window) {
        return window.alive()
                ? ServiceRow.newBuilder(row)
                        .setLastWindow(window.start())
                        .setSilent(0)
                        .build()
                : row;
    }

    private Snapshot snapshot(ServiceWindow window, List<Surprise> surprises, boolean learning) {
        List<SignatureCount> signatures = window.signatures().stream()
                .sorted(Comparator.comparing(SignatureLines::error)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingLong(SignatureLines::count).reversed())
                        .thenComparing(SignatureLines::id))
                .limit(settings.snapshotSignatures())
                .map(line -> new SignatureCount(line.id(), line.template(), line.severityNumber(), line.count()))
                .toList();
        List<MetricSummary> metrics = window.series().stream()
                .limit(settings.snapshotSeries())
                .map(series -> new MetricSummary(
                        series.series(), series.unit(), series.kind(), series.value(), series.points()))
                .toList();
        List<Surprise> strongest =
                surprises.stream().limit(settings.snapshotSurprises()).toList();
        return new Snapshot(
                window.environment(),
                window.service(),
                window.start(),
                window.end(),
                window.covered(),
                learning,
                window.logs(),
                window.errorLogs(),
                signatures,
                window.signatures().size() - signatures.size(),
                metrics,
                window.series().size() - metrics.size(),
                window.spans(),
                window.spanErrors(),
                window.operations().stream()
                        .map(ServiceAnalyst::operation)
                        .sorted(Comparator.comparingLong(OperationSummary::getCount)
                                .reversed()
                                .thenComparing(OperationSummary::getOperation))
                        .toList(),
                window.edges(),
                strongest,
                surprises.size() - strongest.size(),
                window.changes(),
                window.versions(),
                window.instances(),
                settings.configuration());
    }

    private Digest digest(ServiceWindow window, List<Surprise> surprises, double strength, boolean learning) {
        List<Surprise> strongest = surprises.stream()
                .limit(settings.digestSurprises())
                .map(ServiceAnalyst::shortened)
                .toList();
        return new Digest(
                window.environment(),
                window.service(),
                window.start(),
                window.end(),
                window.covered(),
                learning,
                strength,
                strongest,
                surprises.size() - strongest.size(),
                window.edges(),
                window.changes().stream()
                        .limit(DIGEST_CHANGES)
                        .map(ServiceAnalyst::shortened)
                        .toList(),
                window.versions(),
                window.logs(),
                window.errorLogs(),
                window.spans(),
                window.spanErrors(),
                window.aliases());
    }

    private static OperationSummary operation(SpanPartial partial) {
        Latency latency = new Latency();
        latency.add(partial.getLatency());
        return new OperationSummary(
                partial.getOperation(),
                partial.getCount(),
                partial.getErrors(),
                partial.getDurationSumNanos() / Math.max(1, partial.getCount()) / 1e6,
                latency.quantileMillis(0.5),
                latency.quantileMillis(0.95));
    }

    private static Surprise shortened(Surprise surprise) {
        return Surprise.newBuilder(surprise)
                .setLabel(cut(surprise.getLabel()))
                .setExample(cut(surprise.getExample()))
                .build();
    }

    /** The snapshot has the whole of it; half a link is none. */
    private static ChangeRef shortened(ChangeRef change) {
        return ChangeRef.newBuilder(change)
                .setWho(cut(change.getWho()))
                .setWhat(cut(change.getWhat()))
                .setVersionBefore(cut(change.getVersionBefore()))
                .setVersionAfter(cut(change.getVersionAfter()))
                .setLink(change.getLink().length() <= DIGEST_LINK ? change.getLink() : "")
                .setChangedPaths(change.getChangedPaths().stream()
                        .limit(DIGEST_PATHS)
                        .map(ServiceAnalyst::cut)
                        .toList())
                .build();
    }

    private static String cut(String text) {
        return text.length() <= DIGEST_TEXT ? text : text.substring(0, DIGEST_TEXT - 1) + "…";
    }
}
