package io.faultprint.ingest.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.Temporality;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectdTest {

    private static final TopicSettings BY_HOST =
            new TopicSettings(Format.COLLECTD, "hosts", List.of("host"), "", Beginning.NOW);

    private static Decoded.Request read(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Decoded decoded = Format.reader(BY_HOST).read(new ForeignRecord(null, bytes, 0));
        assertThat(decoded).isInstanceOf(Decoded.Request.class);
        return (Decoded.Request) decoded;
    }

    private static List<Outcome> outcomes(String json) {
        List<Outcome> outcomes = new ArrayList<>();
        new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT)
                .normalise(
                        read(json).message(),
                        new Source("kafka:c", 1_769_860_801_000L, null, 300_000, false),
                        outcomes::add);
        return outcomes;
    }

    private static MetricEvent point(Outcome outcome) {
        return (MetricEvent) ((Outcome.Parsed) outcome).event();
    }

    private static String list(String kind, String value) {
        return "{'values':[" + value.replace('#', '"') + "],'dstypes':['" + kind
                + "'],'dsnames':['value'],'time':1769860800.250,'interval':10.000,'host':'db1','plugin':'cpu',"
                + "'plugin_instance':'0','type':'cpu','type_instance':'idle'}";
    }

    @ParameterizedTest
    @CsvSource({
        "gauge, 0.5, GAUGE, UNSPECIFIED",
        "counter, 7, COUNTER, CUMULATIVE",
        "derive, -7, COUNTER, CUMULATIVE",
        "absolute, 7, COUNTER, DELTA"
    })
    void eachKindOfValueIsWhatItIsInOpenTelemetry(
            String kind, String value, MetricKind expected, Temporality temporality) {
        MetricEvent point = point(outcomes("[" + list(kind, value) + "]").get(0));

        assertThat(point.getName()).isEqualTo("collectd.cpu");
        assertThat(point.getKind()).isEqualTo(expected);
        assertThat(point.getTemporality()).isEqualTo(temporality);
        assertThat(point.getValue()).isEqualTo(Double.parseDouble(value));
        assertThat(point.getStartTime()).isEqualTo(kind.equals("absolute") ? (Long) 1_769_860_790_250L : null);
        assertThat(point.getEnvelope().getEventTime()).isEqualTo(1_769_860_800_250L);
        assertThat(point.getEnvelope().getService()).isEqualTo("db1");
        assertThat(point.getEnvelope().getInstance()).isEqualTo("db1");
        assertThat(point.getAttributes())
                .isEqualTo(Map.of("collectd.plugin_instance", "0", "collectd.type_instance", "idle"));
    }

    @Test
    void severalValuesAreSeveralMetricsAndANullIsNoPoint() {
        List<Outcome> outcomes = outcomes(
                "[{'values':[5,null],'dstypes':['derive','derive'],'dsnames':['rx','tx'],"
                        + "'time':1769860800,'interval':10,'host':'db1','plugin':'interface','plugin_instance':'eth0','type':'if_octets','type_instance':''}]");

        assertThat(point(outcomes.get(0)).getName()).isEqualTo("collectd.interface.if_octets.rx");
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Dropped.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "derive | 12.5  | set StoreRates false",
                "derive | 1e5   | set StoreRates false",
                "mean   | 1     | must be gauge, counter, derive or absolute",
                "gauge  | #x#   | is no number",
                "gauge  | 1,2   | must be as many of each",
                "gauge  | ''    | without values"
            })
    void aValueListThatCannotBeCostsItselfAndNotItsNeighbours(String kind, String value, String why) {
        Decoded.Request request =
                read("[" + list("gauge", "1") + " , " + list(kind, value) + "," + list("gauge", "2") + "]");

        assertThat(request.spoiled()).singleElement().satisfies(spoiled -> {
            assertThat(spoiled.why()).contains(why);
            assertThat(new String(spoiled.original(), StandardCharsets.UTF_8))
                    .isEqualTo(("[" + list(kind, value) + "]").replace('\'', '"'));
        });
        assertThat(outcomes("[" + list("gauge", "1") + " , " + list(kind, value) + "," + list("gauge", "2") + "]"))
                .hasSize(2);
    }

    @Test
    void aFormatThatNamesNoServiceNeedsOneFromTheConfiguration() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> TopicSettings.of(Format.COLLECTD))
                .hasMessage("service: records of format collectd name no service; set one, or service-from=host");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new TopicSettings(Format.SYSLOG, "", List.of("app"), "", Beginning.NOW))
                .hasMessageContaining("only kafka.key can name the service");
    }
}
