package io.faultprint.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.local.show.Samples;
import org.junit.jupiter.api.Test;

class GatheredTest {

    private final Gathered gathered = new Gathered();

    @Test
    void revisionsAreWrittenInTheOrderInWhichTheyCouldBeKnown() {
        gathered.hear(Samples.settledNovel().build());
        gathered.hear(Samples.opened().build());
        gathered.hear(Samples.settledRepeat().setAsOf(Samples.START + 20_000).build());

        assertThat(gathered.lines())
                .extracting(line -> line.substring(0, line.indexOf(",\"asOf")))
                .containsExactly(
                        "{\"incident\":\"inc1-00000000000000aa\",\"revision\":1",
                        "{\"incident\":\"inc1-00000000000000ab\",\"revision\":1",
                        "{\"incident\":\"inc1-00000000000000aa\",\"revision\":2");
    }

    @Test
    void onlyTheLastRevisionCarriesTheDiagnosis() {
        gathered.hear(Samples.opened().setCluster("clu1-00000000000000cc").build());
        gathered.hear(Samples.settledNovel().build());
        gathered.hear(Samples.diagnosis().build());

        assertThat(gathered.lines().get(0)).endsWith("\"diagnosis\":null}");
        assertThat(gathered.lines().get(1)).contains("\"diagnosis\":{\"state\":\"diagnosed\"");
    }

    @Test
    void aSettledNovelClusterWaitsForMoreThanAClaim() {
        gathered.hear(Samples.settledNovel().build());
        gathered.hear(Samples.diagnosis()
                .setRevision(1)
                .setState(DiagnosisState.CLAIMED)
                .build());
        assertThat(gathered.undiagnosed()).isEqualTo(1);

        gathered.hear(Samples.diagnosis().setRevision(2).build());
        assertThat(gathered.undiagnosed()).isZero();
    }

    @Test
    void aRecordThatIsReadTwiceCountsOnce() {
        gathered.hear(Samples.opened().build());
        gathered.hear(Samples.opened().build());

        assertThat(gathered.lines()).hasSize(1);
    }
}
