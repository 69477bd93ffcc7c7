package io.faultprint.ingest.preview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessTest {

    private static List<ForeignRecord> records(String... json) {
        return Stream.of(json)
                .map(each -> new ForeignRecord(null, each.replace('\'', '"').getBytes(UTF_8), 1_769_860_800_000L))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ECS | {'@timestamp':'2026-01-31T12:00:00Z','message':'m','ecs':{'version':'8.0.0'},'host':{'name':'n'}}",
                "ECS | {'@timestamp':'2026-01-31T12:00:00Z','@metadata':{'beat':'filebeat'},'agent':{'type':'filebeat'},'message':'m'}",
                "ECS | {'@timestamp':'2026-01-31T12:00:00Z','log.level':'ERROR','message':'m','service.name':'cart'}",
                "VECTOR | {'timestamp':'2026-01-31T12:00:00Z','message':'m','host':'n','source_type':'file','file':'/var/log/a'}",
                "VECTOR | {'timestamp':'2026-01-31T12:00:00Z','message':'m','source_type':'docker_logs','container_name':'c'}",
                "FLUENT_BIT | {'@timestamp':1769860800.5,'log':'m','stream':'stderr','kubernetes':{'pod_name':'p'}}",
                "FLUENT_BIT | {'date':1769860800.5,'log':'the field \\\"source_type\\\" and \\\"ecs.version\\\" in a text'}",
                "SYSLOG | <34>1 2026-01-31T12:00:00Z host app 1 - - m",
                "TEXT | 2026-01-31 12:00:00 ERROR m"
            })
    void theFieldsThatOneShipperAloneWritesDecide(Format format, String record) {
        List<Guess.Score> scores = new Guess().scores(records(record));

        assertThat(scores.get(0).format()).isEqualTo(format);
        assertThat(scores.get(0).share()).isEqualTo(1);
        assertThat(scores.stream().skip(1)).noneMatch(scores.get(0)::alike);
    }

    @Test
    void whatTwoShippersCouldHaveWrittenIsSaidToBeAlike() {
        List<Guess.Score> scores = new Guess()
                .scores(records("{'@timestamp':'2026-01-31T12:00:00Z','message':'m','service':{'name':'cart'}}"));

        assertThat(scores.get(0).format()).isEqualTo(Format.FLUENT_BIT);
        assertThat(scores.stream().skip(1).filter(scores.get(0)::alike))
                .extracting(Guess.Score::format)
                .containsExactly(Format.ECS);
    }

    @Test
    void aFewStrangersAmongManyChangeNothing() {
        String beat = "{'@timestamp':'2026-01-31T12:00:00Z','message':'m','ecs':{'version':'8.0.0'}}";

        List<Guess.Score> scores = new Guess()
                .scores(records(beat, beat, beat, beat, "{'@timestamp':'2026-01-31T12:00:00Z','message':'m'}"));

        assertThat(scores.get(0).format()).isEqualTo(Format.ECS);
    }
}
