package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.baseline.LevelBaseline;
import io.faultprint.correlate.baseline.Oddness;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SurpriseKind;

/** Judges a service's metrics, each series beside its own past. */
final class MetricJudge {

    /** So small a spread is rounding. */
    private static final double FLOOR = 1e-6;

    /** Metrics have heavy tails: ten times farther than ever before is only ten times rarer. */
    private static final double TAIL = 1;

    private final ServiceWindow window;
    private final BaselineRows rows;
    private final Findings findings;
    private final int now;
    private final int odd;

    MetricJudge(ServiceWindow window, ServiceRow service, BaselineRows rows, Findings findings) {
        this.window = window;
        this.rows = rows;
        this.findings = findings;
        this.now = service.getMetricWindows() + 1;
        this.odd = service.getOddMetricWindow();
    }

    void judge() {
        int tried = window.series().size();
        for (SeriesValue series : window.series()) {
            String subject = "metric:" + series.series();
            LevelBaseline usual = new LevelBaseline(rows.level(subject));
            Oddness odd = usual.judgeUnscaled(series.value(), now, FLOOR, TAIL);
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.METRIC,
                            Family.ofMetric(usual.lasting()),
                            series.series(),
                            series.series(),
                            series.unit(),
                            window.start(),
                            0,
                            "",
                            null),
                    odd.up() ? Direction.UP : Direction.DOWN,
                    odd,
                    tried);
            findings.later(remarkable -> {
                usual.note(series.value(), now, remarkable ? now : this.odd);
                rows.put(subject, usual.row(now));
            });
        }
    }
}
