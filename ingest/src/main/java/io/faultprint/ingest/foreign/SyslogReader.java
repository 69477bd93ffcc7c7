package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;
import java.util.List;

/**
 * Syslog as RFC 5424 has it, one message per record. RFC 3164 is refused: its times have neither year nor zone, and where
 * its host ends and its tag begins is anybody's guess.
 */
final class SyslogReader implements Reader {

    static final String MEND = "; in rsyslog, give omkafka template=\"RSYSLOG_SyslogProtocol23Format\"";

    private static final String NIL = "-";
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
    private static final List<Integer> SEVERITIES = List.of(21, 19, 18, 17, 13, 10, 9, 5);
    private static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "ntp",
            "audit",
            "alert",
            "clock",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    private final TopicSettings topic;

    SyslogReader(TopicSettings topic) {
        this.topic = topic;
    }

    @Override
    public Decoded read(ForeignRecord record) {
        String text = Utf8.line(record.value());
        try {
            return read(new SyslogScan(text), record);
        } catch (SyslogScan.Wrong wrong) {
            return new Decoded.Undecodable(wrong.getMessage() + "");
        }
    }

    private Decoded read(SyslogScan scan, ForeignRecord record) throws SyslogScan.Wrong {
        int priority = scan.priority();
        String time = scan.word("a timestamp");
        String host = scan.word("a host name");
        String app = scan.word("an app name");
        String process = scan.word("a process id");
        String message = scan.word("a message id");
        List<SyslogScan.Param> data = scan.structuredData();
        LogDraft draft = new LogDraft(scan.rest(), record.time());
        if (!time.equals(NIL)) {
            long nanos = Times.nanos(time);
            if (nanos == Times.NONE) {
                throw new SyslogScan.Wrong("the timestamp '" + time + "' is none of RFC 3339, as in"
                        + " 2026-01-31T12:00:00.5+01:00" + MEND);
            }
            draft.time(nanos);
        }
        draft.level(LEVELS.get(priority & 7), SEVERITIES.get(priority & 7));
        draft.attribute("syslog.facility", FACILITIES.get(priority >> 3));
        attribute(draft, "syslog.procid", process);
        attribute(draft, "syslog.msgid", message);
        data.forEach(param -> draft.attribute(param.name(), param.value()));
        boolean byKey = !topic.serviceFrom().isEmpty()
                && record.key() != null
                && !record.key().isBlank();
        String own = app.equals(NIL) ? topic.service() : app;
        return draft.of(
                Names.resource(byKey ? record.key() : own, topic.environment(), host.equals(NIL) ? null : host, null));
    }

    private static void attribute(LogDraft draft, String name, String value) {
        if (!value.equals(NIL)) {
            draft.attribute(name, value);
        }
    }
}
