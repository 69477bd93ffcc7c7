package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.baseline.CountBaseline;
import io.faultprint.correlate.baseline.Oddness;
import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Judges a service's log lines: signatures never said before, errors more than usual, usual lines gone. The unit of
 * experience is the window in which the service logs at all, so that a quiet night teaches nothing about its words.
 */
final class LogJudge {

    private static final String LINES = "lines";

    private final ServiceWindow window;
    private final BaselineRows rows;
    private final Findings findings;
    private final int before;
    private final int now;
    private final int odd;
    private final boolean learning;

    LogJudge(ServiceWindow window, ServiceRow service, BaselineRows rows, Findings findings, int learningWindows) {
        this.window = window;
        this.rows = rows;
        this.findings = findings;
        this.before = service.getLogWindows();
        this.now = before + 1;
        this.odd = service.getOddLogWindow();
        this.learning = before < learningWindows;
    }

    void judge(Map<String, String> knownTemplates) {
        novelty(SignatureLines::error, "new:errors", Family.ERRORS);
        novelty(line -> !line.error(), "new:lines", Family.CHATTER);
        rates();
        errorsInAll();
        if (!learning) {
            silence(knownTemplates);
        }
    }

    private void novelty(Predicate<SignatureLines> which, String subject, Family family) {
        List<SignatureLines> born = window.signatures().stream()
                .filter(which)
                .filter(SignatureLines::born)
                .toList();
        CountBaseline novelty = new CountBaseline(rows.count(subject), before);
        double usual = novelty.presence();
        for (SignatureLines line : born) {
            CountBaseline fresh = new CountBaseline(null, before);
            Oddness odd = fresh.judge(line.count());
            double given = odd.score() - StrictMath.log10(Math.max(1, usual / fresh.presence()));
            if (!learning) {
                findings.add(
                        about(SurpriseKind.NEW_SIGNATURE, family, line),
                        Direction.NEW,
                        new Oddness(line.count(), 0, 0, 0, Math.max(0, given), odd.history()),
                        1);
            }
        }
        learn(subject, novelty, born.size());
    }

    private void rates() {
        int errors =
                (int) window.signatures().stream().filter(SignatureLines::error).count();
        int others = window.signatures().size() - errors;
        for (SignatureLines line : window.signatures()) {
            String subject = SignatureLines.subject(line.id());
            CountBaseline usual = new CountBaseline(rows.count(subject), before);
            if (!line.born() && !learning) {
                Oddness odd = usual.judge(line.count());
                if (odd.up()) {
                    SurpriseKind kind = line.error() ? SurpriseKind.ERROR_RATE : SurpriseKind.SIGNATURE_RATE;
                    findings.add(
                            about(kind, line.error() ? Family.ERRORS : Family.CHATTER, line),
                            Direction.UP,
                            odd,
                            line.error() ? errors : others);
                }
            }
            learn(subject, usual, line.count());
        }
    }

    private void errorsInAll() {
        CountBaseline usual = new CountBaseline(rows.count("errors"), before);
        long errors = window.errorLogs();
        if (errors > 0 && !learning) {
            long first = window.signatures().stream()
                    .filter(SignatureLines::error)
                    .mapToLong(SignatureLines::first)
                    .min()
                    .orElse(window.start());
            findings.add(
                    new Findings.Subject(
                            SurpriseKind.ERROR_RATE,
                            Family.ERRORS,
                            "errors",
                            "all error lines",
                            LINES,
                            first,
                            SignatureLines.ERROR,
                            "",
                            null),
                    Direction.UP,
                    usual.judge(errors),
                    1);
        }
        learn("errors", usual, errors);
    }

    /** A signature that nearly every window has, and this one has not. */
    private void silence(Map<String, String> knownTemplates) {
        for (Map.Entry<String, String> known : knownTemplates.entrySet()) {
            boolean said =
                    window.signatures().stream().anyMatch(line -> line.id().equals(known.getKey()));
            CountRow row = said ? null : rows.count(SignatureLines.subject(known.getKey()));
            if (row == null) {
                continue;
            }
            CountBaseline usual = new CountBaseline(row, before);
            if (usual.presence() > 0.9) {
                findings.add(
                        new Findings.Subject(
                                SurpriseKind.SIGNATURE_SILENT,
                                Family.CHATTER,
                                known.getKey(),
                                known.getValue(),
                                LINES,
                                window.start(),
                                0,
                                "",
                                null),
                        Direction.GONE,
                        usual.judgeSilence(now - row.getSeen()),
                        knownTemplates.size());
            }
        }
    }

    private void learn(String subject, CountBaseline baseline, long count) {
        if (count > 0) {
            findings.later(remarkable -> {
                baseline.note(count, now, remarkable ? now : odd);
                rows.put(subject, baseline.row());
            });
        }
    }

    private static Findings.Subject about(SurpriseKind kind, Family family, SignatureLines line) {
        return new Findings.Subject(
                kind,
                family,
                line.id(),
                line.template(),
                LINES,
                line.first(),
                line.severityNumber(),
                line.example(),
                null);
    }
}
