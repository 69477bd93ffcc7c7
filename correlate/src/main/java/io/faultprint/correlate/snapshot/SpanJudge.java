package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.baseline.CountBaseline;
import io.faultprint.correlate.baseline.LevelBaseline;
import io.faultprint.correlate.baseline.Oddness;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;

/** Judges a service's spans: failures and durations per operation, and how many there are in all. */
final class SpanJudge {

    /** Fewer spans than this say nothing about an operation's latency. */
    private static final long FEW = 3;

    /** Less than about 15 % slower is no surprise, however steady the operation was. */
    private static final double LATENCY_FLOOR = 0.15;

    /** Traffic that varies by a fifth is ordinary. */
    private static final double TRAFFIC_FLOOR = 0.2;

    /** Beyond what was seen, logarithms of latency and traffic thin out fast. */
    private static final double TAIL = 3;

    private final ServiceWindow window;
    private final BaselineRows rows;
    private final Findings findings;
    private final int before;
    private final int now;
    private final int odd;
    private final boolean learning;

    SpanJudge(ServiceWindow window, ServiceRow service, BaselineRows rows, Findings findings, int learningWindows) {
        this.window = window;
        this.rows = rows;
        this.findings = findings;
        this.before = service.getSpanWindows();
        this.now = before + 1;
        this.odd = service.getOddSpanWindow();
        this.learning = before < learningWindows;
    }

    void judge(List<SpanPartial> operations) {
        for (SpanPartial operation : operations) {
            errors(operation, operations.size());
            latency(operation, operations.size());
        }
        traffic();
    }

    private void errors(SpanPartial operation, int tried) {
        if (operation.getErrors() == 0) {
            return;
        }
        String subject = "failed:" + operation.getOperation();
        CountBaseline usual = new CountBaseline(rows.count(subject), before);
        if (!learning) {
            Long first = operation.getFirstError();
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.SPAN_ERRORS,
                            Family.SPAN_ERRORS,
                            operation.getOperation(),
                            operation.getOperation(),
                            "spans",
                            first == null ? window.start() : first,
                            SignatureLines.ERROR,
                            operation.getErrorText(),
                            operation.getErrorTraceId()),
                    Direction.UP,
                    usual.judge(operation.getErrors()),
                    tried);
        }
        findings.later(remarkable -> {
            usual.note(operation.getErrors(), now, remarkable ? now : odd);
            rows.put(subject, usual.row());
        });
    }

    private void latency(SpanPartial operation, int tried) {
        if (operation.getCount() < FEW) {
            return;
        }
        String subject = "slow:" + operation.getOperation();
        LevelBaseline usual = new LevelBaseline(rows.level(subject));
        double millis = operation.getDurationSumNanos() / operation.getCount() / 1e6;
        double value = StrictMath.log(Math.max(millis, 1e-3));
        Oddness inLogs = usual.judge(value, now, LATENCY_FLOOR, TAIL);
        if (!learning && inLogs.up()) {
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.SPAN_LATENCY,
                            Family.LATENCY,
                            operation.getOperation(),
                            operation.getOperation(),
                            "ms",
                            window.start(),
                            0,
                            "",
                            operation.getSlowTraceId()),
                    Direction.UP,
                    inMillis(inLogs),
                    tried);
        }
        findings.later(remarkable -> {
            usual.note(value, now, remarkable ? now : odd);
            rows.put(subject, usual.row(now));
        });
    }

    private void traffic() {
        LevelBaseline usual = new LevelBaseline(rows.level("traffic"));
        double value = StrictMath.log1p(window.spans());
        Oddness inLogs = usual.judge(value, now, TRAFFIC_FLOOR, TAIL);
        if (!learning) {
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.SPAN_THROUGHPUT,
                            Family.TRAFFIC,
                            "spans",
                            "all spans",
                            "spans",
                            window.start(),
                            0,
                            "",
                            null),
                    inLogs.up() ? Direction.UP : Direction.DOWN,
                    inCounts(inLogs),
                    1);
        }
        findings.later(remarkable -> {
            usual.note(value, now, remarkable ? now : odd);
            rows.put("traffic", usual.row(now));
        });
    }

    private static Oddness inMillis(Oddness logs) {
        return new Oddness(
                StrictMath.exp(logs.observed()),
                StrictMath.exp(logs.expected()),
                StrictMath.exp(logs.low()),
                StrictMath.exp(logs.high()),
                logs.score(),
                logs.history());
    }

    private static Oddness inCounts(Oddness logs) {
        return new Oddness(
                StrictMath.expm1(logs.observed()),
                StrictMath.expm1(logs.expected()),
                Math.max(0, StrictMath.expm1(logs.low())),
                StrictMath.expm1(logs.high()),
                logs.score(),
                logs.history());
    }
}
