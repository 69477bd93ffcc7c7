package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.baseline.CountBaseline;
import io.faultprint.correlate.baseline.Oddness;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.AlertStatus;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SurpriseKind;

/** Judges whether a service gives any sign of life, and hears what other systems say of it. */
final class LifeJudge {

    /** What an alert from outside is worth: somebody chose its threshold, and we do not know how well. */
    private static final double ALERT_SCORE = 3.5;

    private static final String ALIVE = "alive";

    private final ServiceWindow window;
    private final ServiceRow service;
    private final BaselineRows rows;
    private final Findings findings;

    LifeJudge(ServiceWindow window, ServiceRow service, BaselineRows rows, Findings findings) {
        this.window = window;
        this.service = service;
        this.rows = rows;
        this.findings = findings;
    }

    void judge(int learningWindows) {
        int before = service.getWindows();
        CountBaseline usual = new CountBaseline(rows.count(ALIVE), before);
        if (window.alive()) {
            findings.later(remarkable -> {
                usual.note(1, before + 1, remarkable ? before + 1 : service.getOddWindow());
                rows.put(ALIVE, usual.row());
            });
        } else if (before >= learningWindows) {
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.SERVICE_SILENT,
                            Family.SILENCE,
                            ALIVE,
                            "no logs, no spans, no metrics",
                            "windows",
                            window.start() - service.getSilent() * (window.end() - window.start()),
                            0,
                            "",
                            null),
                    Direction.GONE,
                    usual.judgeSilence(service.getSilent() + 1),
                    1);
        }
        for (AlertEvent alert : window.alerts()) {
            if (alert.getStatus() == AlertStatus.FIRING) {
                alert(alert);
            }
        }
    }

    private void alert(AlertEvent alert) {
        findings.add(
                new Findings.Subject(
                        SurpriseKind.ALERT,
                        Family.ALERTS,
                        alert.getName(),
                        alert.getSummary().isEmpty() ? alert.getName() : alert.getSummary(),
                        "",
                        alert.getEnvelope().getEventTime(),
                        0,
                        "",
                        null),
                Direction.NEW,
                new Oddness(1, 0, 0, 0, ALERT_SCORE, 0),
                1);
    }
}
