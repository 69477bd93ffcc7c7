package io.faultprint.ingest.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.LogEvent;
import io.faultprint.ingest.foreign.TopicSettings.Beginning;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one record of each format of logs, as an event; and what is refused. */
class ForeignLogsTest {

    private static final long APPENDED = 1_769_860_800_000L;
    private static final Normaliser NORMALISER =
            new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT);

    private static Decoded read(TopicSettings topic, @Nullable String key, byte[] value) {
        return Format.reader(topic).read(new ForeignRecord(key, value, APPENDED));
    }

    private static LogEvent log(TopicSettings topic, @Nullable String key, byte[] value) {
        Decoded decoded = read(topic, key, value);
        assertThat(decoded).isInstanceOf(Decoded.Request.class);
        List<Outcome> outcomes = new ArrayList<>();
        Source source = new Source("kafka:t", APPENDED + 1, null, 300_000, false);
        NORMALISER.normalise(((Decoded.Request) decoded).message(), source, outcomes::add);
        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Parsed.class);
        return (LogEvent) ((Outcome.Parsed) outcomes.get(0)).event();
    }

    private static LogEvent log(Format format, String text) {
        return log(TopicSettings.of(format), null, bytes(text.replace('\'', '"')));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String refusal(Format format, String text) {
        TopicSettings topic = new TopicSettings(format, "hosts", List.of(), "", Beginning.NOW);
        Decoded decoded = read(topic, null, bytes(text.replace('\'', '"')));
        assertThat(decoded).isInstanceOf(Decoded.Undecodable.class);
        return ((Decoded.Undecodable) decoded).why();
    }

    @Test
    void fluentBitOnKubernetes() {
        LogEvent log = log(
                Format.FLUENT_BIT,
                "{'@timestamp':1769860799.123456,'log':'ERROR no stock\\n','stream':'stderr','kubernetes':{"
                        + "'pod_name':'cart-7','namespace_name':'shop','container_name':'c','host':'node-1',"
                        + "'labels':{'app.kubernetes.io/name':'cart','app':'other'},'annotations':{'x':'y'}}}");

        assertThat(log.getBody()).isEqualTo("ERROR no stock");
        assertThat(log.getSeverityNumber()).isEqualTo(17);
        assertThat(log.getEnvelope().getEventTime()).isEqualTo(1_769_860_799_123L);
        assertThat(log.getEnvelope().getService()).isEqualTo("cart");
        assertThat(log.getEnvelope().getInstance()).isEqualTo("cart-7");
        assertThat(log.getEnvelope().getDoor()).isEqualTo("kafka:t");
        assertThat(log.getAttributes())
                .containsEntry("stream", "stderr")
                .containsEntry("kubernetes.namespace_name", "shop")
                .containsEntry("kubernetes.labels.app", "other")
                .doesNotContainKey("kubernetes.annotations.x")
                .doesNotContainKey("log");
    }

    @Test
    void fluentBitsIsoTimesAndJournaldsPriorities() {
        LogEvent log = log(
                Format.FLUENT_BIT,
                "{'@timestamp':'2026-01-31T11:59:59.5Z','MESSAGE':'disk is full','PRIORITY':'3','SYSLOG_IDENTIFIER':'etcd','_HOSTNAME':'n1'}");

        assertThat(log.getEnvelope().getEventTime()).isEqualTo(APPENDED - 500);
        assertThat(log.getSeverityNumber()).isEqualTo(17);
        assertThat(log.getEnvelope().getService()).isEqualTo("etcd");
        assertThat(log.getEnvelope().getInstance()).isEqualTo("n1");
    }

    @Test
    void ecsNestedAndDottedIsTheSame() {
        String nested =
                "{'@timestamp':'2026-01-31T11:59:58.000Z','log':{'level':'warn','logger':'a.B'},'message':'slow',"
                        + "'service':{'name':'cart','version':'2','environment':'prod'},'host':{'name':'h1'},'ecs':{'version':'1.2'},"
                        + "'trace':{'id':'0af7651916cd43dd8448eb211c80319c'},'span':{'id':'b7ad6b7169203331'},"
                        + "'error':{'type':'java.io.IOException','message':'gone','stack_trace':'at a.B'}}";
        String dotted =
                "{'@timestamp':'2026-01-31T11:59:58.000Z','log.level':'warn','log.logger':'a.B','message':'slow',"
                        + "'service.name':'cart','service.version':'2','service.environment':'prod','host.name':'h1','ecs.version':'1.2',"
                        + "'trace.id':'0af7651916cd43dd8448eb211c80319c','span.id':'b7ad6b7169203331',"
                        + "'error.type':'java.io.IOException','error.message':'gone','error.stack_trace':'at a.B'}";

        LogEvent log = log(Format.ECS, nested);

        assertThat(log).isEqualTo(log(Format.ECS, dotted));
        assertThat(log.getEnvelope().getEnvironment()).isEqualTo("prod");
        assertThat(log.getEnvelope().getVersion()).isEqualTo("2");
        assertThat(log.getSeverityNumber()).isEqualTo(13);
        assertThat(log.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(log.getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(log.getExceptionType()).isEqualTo("java.io.IOException");
        assertThat(log.getExceptionMessage()).isEqualTo("gone");
        assertThat(log.getExceptionStacktrace()).isEqualTo("at a.B");
        assertThat(log.getAttributes()).isEqualTo(Map.of("log.logger", "a.B"));
    }

    @Test
    void vectorsKubernetesAndSyslogSources() {
        LogEvent pod = log(
                Format.VECTOR,
                "{'message':'up','timestamp':'2026-01-31T11:59:58Z','source_type':'kubernetes_logs','level':40,"
                        + "'kubernetes':{'pod_labels':{'app':'cart'},'pod_name':'cart-1'}}");
        LogEvent syslog = log(
                Format.VECTOR,
                "{'message':'up','timestamp':'2026-01-31T11:59:58Z','host':'h','appname':'sshd','severity':'err'}");

        assertThat(pod.getEnvelope().getService()).isEqualTo("cart");
        assertThat(pod.getSeverityNumber()).isEqualTo(13);
        assertThat(syslog.getEnvelope().getService()).isEqualTo("sshd");
        assertThat(syslog.getEnvelope().getInstance()).isEqualTo("h");
        assertThat(syslog.getSeverityNumber()).isEqualTo(17);
    }

    @Test
    void aFieldOfYourOwnNamesTheServiceBeforeTheFormatsAndAFixedNameBehindThem() {
        TopicSettings topic =
                new TopicSettings(Format.FLUENT_BIT, "rest", List.of("team.app", "kafka.key"), "prod", Beginning.NOW);

        assertThat(log(topic, null, bytes("{\"log\":\"a\",\"service\":\"x\",\"team\":{\"app\":\"y\"}}"))
                        .getEnvelope()
                        .getService())
                .isEqualTo("y");
        assertThat(log(topic, "z", bytes("{\"log\":\"a\",\"service\":\"x\"}"))
                        .getEnvelope()
                        .getService())
                .isEqualTo("z");
        LogEvent rest = log(topic, null, bytes("{\"log\":\"a\"}"));
        assertThat(rest.getEnvelope().getService()).isEqualTo("rest");
        assertThat(rest.getEnvelope().getEnvironment()).isEqualTo("prod");
        assertThat(rest.getEnvelope().getEventTime()).isEqualTo(APPENDED);
    }

    @Test
    void syslogWithStructuredDataAndQuotes() {
        LogEvent log = log(
                TopicSettings.of(Format.SYSLOG),
                null,
                bytes(
                        "<165>1 2026-01-31T12:59:58.003+01:00 host1 evntslog 42 ID47 [ex@32473 iut=\"3\" q=\"a \\\"b\\\" \\]\"][two x=\"\"] \uFEFFAn event\n"));

        assertThat(log.getBody()).isEqualTo("An event");
        assertThat(log.getEnvelope().getEventTime()).isEqualTo(APPENDED - 1_997);
        assertThat(log.getEnvelope().getService()).isEqualTo("evntslog");
        assertThat(log.getEnvelope().getInstance()).isEqualTo("host1");
        assertThat(log.getSeverityNumber()).isEqualTo(10);
        assertThat(log.getSeverityText()).isEqualTo("notice");
        assertThat(log.getAttributes())
                .isEqualTo(Map.of(
                        "syslog.facility", "local4",
                        "syslog.procid", "42",
                        "syslog.msgid", "ID47",
                        "ex@32473.iut", "3",
                        "ex@32473.q", "a \"b\" ]",
                        "two.x", ""));
    }

    @Test
    void syslogThatSaysNothingButItsMessage() {
        TopicSettings topic = new TopicSettings(Format.SYSLOG, "hosts", List.of(), "", Beginning.NOW);

        LogEvent log = log(topic, null, bytes("<0>1 - - - - - -"));

        assertThat(log.getBody()).isEmpty();
        assertThat(log.getSeverityNumber()).isEqualTo(21);
        assertThat(log.getEnvelope().getService()).isEqualTo("hosts");
        assertThat(log.getEnvelope().getEventTime()).isEqualTo(APPENDED);
    }

    @Test
    void textIsTheWholeRecordInAnyEncoding() {
        TopicSettings topic = new TopicSettings(Format.TEXT, "legacy", List.of("kafka.key"), "", Beginning.NOW);
        byte[] latin = "ERROR caf\u00e9\n  at a.B\n".getBytes(StandardCharsets.ISO_8859_1);

        LogEvent log = log(topic, null, latin);

        assertThat(log.getBody()).isEqualTo("ERROR caf\uFFFD\n  at a.B");
        assertThat(log.getSeverityNumber()).isEqualTo(17);
        assertThat(log.getEnvelope().getService()).isEqualTo("legacy");
        assertThat(log(topic, "pump", latin).getEnvelope().getService()).isEqualTo("pump");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FLUENT_BIT | {'log':                         | not JSON",
                "FLUENT_BIT | [{'log':'a'}]                   | not a JSON object but a list",
                "FLUENT_BIT | 17                              | not a JSON object but a bare value",
                "FLUENT_BIT | {'log':'a'}{'log':'b'}          | more follows the end",
                "FLUENT_BIT | {'cpu_p':0.5}                   | no message: none of log, message, msg, MESSAGE",
                "FLUENT_BIT | {'log':'  '}                    | no message",
                "ECS        | {'@timestamp':'x'}              | no message: none of message",
                "VECTOR     | {'name':'m','gauge':{'value':1}}| no message",
                "SYSLOG     | <34>Oct 11 22:14:15 m su: failed| RSYSLOG_SyslogProtocol23Format",
                "SYSLOG     | Oct 11 22:14:15 m su: failed    | does not begin with a priority",
                "SYSLOG     | <192>1 - - - - - - x            | not between <0> and <191>",
                "SYSLOG     | <1a>1 - - - - - - x             | not between <0> and <191>",
                "SYSLOG     | <34>2 - - - - - - x             | no version 1",
                "SYSLOG     | <34>1 yesterday - - - - - x     | the timestamp 'yesterday'",
                "SYSLOG     | <34>1 - host                    | breaks off where a host name belongs",
                "SYSLOG     | <34>1 - - - - - [a b='c         | does not end",
                "SYSLOG     | <34>1 - - - - - x               | neither structured data nor -",
                "SYSLOG     | <34>1 - - - - - [a]x            | where a blank before the message belongs",
                "TEXT       | ' '                             | an empty record",
                "COLLECTD   | {'values':[1]}                  | needs Format",
                "COLLECTD   | [1]                             | an object belongs at byte",
                "COLLECTD   | [{'values':[1]}                 | not JSON",
                "COLLECTD   | [] []                           | more follows"
            })
    void whatIsNoRecordOfItsFormatIsRefusedWithItsMend(Format format, String text, String why) {
        assertThat(refusal(format, text)).contains(why);
    }

    @Test
    void nothingAtAllAndNestingWithoutEndAreRefusedToo() {
        for (Format format : Format.values()) {
            if (!format.otlp()) {
                assertThat(refusal(format, "")).isNotBlank();
                assertThat(refusal(format, " ")).isNotBlank();
            }
        }
        assertThat(refusal(Format.ECS, "{'a':".repeat(100_000))).contains("not JSON");
        assertThat(refusal(Format.ECS, "{'a':" + "[".repeat(100_000))).contains("not JSON");
        StringBuilder many = new StringBuilder("{'message':'x'");
        for (int i = 0; i < 3_000; i++) {
            many.append(",'f").append(i).append("':1");
        }
        assertThat(refusal(Format.ECS, many + "}")).contains("more than 2000 fields");
    }

    @ParameterizedTest
    @CsvSource({
        "1769860800, 1769860800000000000",
        "1769860800.5, 1769860800500000000",
        "1769860800123, 1769860800123000000",
        "1769860800123456, 1769860800123456000",
        "1769860800123456789, 1769860800123456789",
        "1.7698608E9, 1769860800000000000",
        "2026-01-31T12:00:00Z, 1769860800000000000",
        "2026-01-31T13:00:00.5+01:00, 1769860800500000000",
        "2026-01-31 12:00:00.000000001 +0000, 1769860800000000001",
        "2026-01-31T12:00:00, 1769860800000000000",
        "2026-02-31T12:00:00Z, 0",
        "-5, 0",
        "NaN, 0",
        "1e999999999, 0",
        "1e-999999999, 0",
        "yesterday, 0",
        "'', 0"
    })
    void timesAsShippersWriteThem(String text, long nanos) {
        assertThat(Times.nanos(text)).isEqualTo(nanos);
    }
}
