package io.faultprint.ingest.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.ingest.Otlp;
import io.faultprint.ingest.foreign.TopicSettings.Beginning;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJsonText;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused of a record of several events, read again by itself, is that event and none of its neighbours. */
class OriginalsTest {

    private static final long NOW = 1_769_860_800_000L;
    private static final Normaliser NORMALISER =
            new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT);

    /** What came of one record: its events, and the bytes of each of its letters. */
    private record Read(List<SpecificRecord> events, List<byte[]> letters) {}

    private static Read read(TopicSettings topic, @Nullable String key, byte[] value) {
        ForeignRecord record = new ForeignRecord(key, value, NOW);
        Reader reader = Format.reader(topic);
        Decoded.Request request = (Decoded.Request) reader.read(record);
        Read read = new Read(new ArrayList<>(), new ArrayList<>());
        NORMALISER.normalise(request.message(), new Source("kafka:t", NOW, null, 300_000, false), outcome -> {
            if (outcome instanceof Outcome.Rejected rejected) {
                read.letters.add(reader.originals(record).of(rejected.index(), rejected.original()));
            } else if (outcome instanceof Outcome.Parsed parsed) {
                read.events.add(parsed.event());
            }
        });
        return read;
    }

    private static TopicSettings topic(Format format, String service, String environment, String... serviceFrom) {
        return new TopicSettings(format, service, List.of(serviceFrom), environment, Beginning.NOW);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"OTLP_LOGS_PROTOBUF", "OTLP_LOGS_JSON"})
    void ofABatchTheRefusedEventsAloneAndWithTheirSendersNamesAlone(Format format) {
        ExportLogsServiceRequest batch =
                Otlp.logs(Otlp.service("cart"), Otlp.log(NOW, "a"), Otlp.log(NOW, "b")).toBuilder()
                        .mergeFrom(Otlp.logs(
                                Resource.newBuilder()
                                        .addAttributes(Otlp.attribute("host.name", "db1"))
                                        .build(),
                                Otlp.log(NOW, "c").setTraceId(Otlp.id(16, 3)),
                                Otlp.log(NOW, "d")))
                        .build();
        byte[] value = format == Format.OTLP_LOGS_JSON ? OtlpJsonText.of(batch) : batch.toByteArray();

        Read first = read(topic(format, "", "wrong", "kafka.key"), "k".repeat(300), value);
        List<SpecificRecord> again = new ArrayList<>();
        first.letters.forEach(letter -> again.addAll(read(topic(format, "stock", "prod"), null, letter).events));

        assertThat(first.events).hasSize(2);
        assertThat(again).extracting(event -> ((LogEvent) event).getBody()).containsExactly("c", "d");
        assertThat(again).allSatisfy(event -> {
            assertThat(((LogEvent) event).getEnvelope().getService()).isEqualTo("stock");
            assertThat(((LogEvent) event).getEnvelope().getEnvironment()).isEqualTo("prod");
        });
        assertThat(((LogEvent) again.get(0)).getTraceId()).endsWith("03");
        assertThat(read(topic(format, "stock", "prod"), null, value).events.subList(2, 4))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*index")
                .isEqualTo(again);
    }

    @Test
    void ofLinesThoseOfEachEventByteByByte() {
        byte[] value = ("2026-01-31 12:00:00 ERROR caf\u00e9\r\n\tat a.B.c(B.java:1)\n\n2026-01-31 12:00:01 INFO b\r"
                        + "2026-01-31 12:00:02 INFO c\n")
                .getBytes(ISO_8859_1);
        TopicSettings byKey = topic(Format.TEXT, "", "", "kafka.key");

        List<byte[]> letters = read(byKey, null, value).letters;

        assertThat(letters)
                .extracting(bytes -> new String(bytes, ISO_8859_1))
                .containsExactly(
                        "2026-01-31 12:00:00 ERROR caf\u00e9\r\n\tat a.B.c(B.java:1)\n\n",
                        "2026-01-31 12:00:01 INFO b\r",
                        "2026-01-31 12:00:02 INFO c\n");
        letters.forEach(
                letter -> assertThat(read(byKey, "billing", letter).events).hasSize(1));
    }

    @Test
    void ofCollectdsListsTheOneValueThatIsRefused() {
        String list = "{'values':[5,1e999,1.50],'dstypes':['gauge','gauge','gauge'],'dsnames':['a','b','c'],"
                + "'time':1769860800.123,'interval':10,'host':'db1','plugin':'p','type':'t'}";
        String nameless = "{'values':[7],'dstypes':['gauge'],'dsnames':['value'],'time':1769860800,'interval':10,"
                + "'host':'" + "h".repeat(300) + "','plugin':'p','type':'t'}";
        byte[] value = ("[" + list + ", {'values':[]}," + nameless + "]")
                .replace('\'', '"')
                .getBytes(UTF_8);

        Read read = read(topic(Format.COLLECTD, "", "", "host"), null, value);

        assertThat(read.events)
                .extracting(event -> ((MetricEvent) event).getName())
                .containsExactly("collectd.p.t.a", "collectd.p.t.c");
        assertThat(read.letters)
                .extracting(bytes -> new String(bytes, UTF_8).replace('"', '\''))
                .containsExactly(
                        "["
                                + list.replace("5,1e999,1.50", "1e999")
                                        .replace("'gauge','gauge','gauge'", "'gauge'")
                                        .replace("'a','b','c'", "'b'")
                                + "]",
                        "[" + nameless + "]");
    }
}
