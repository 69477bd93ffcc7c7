package io.faultprint.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevisionJsonTest {

    @Test
    void aRevisionIsOneLineWithTheFieldsThatScriptsRelyOn() {
        assertThat(RevisionJson.line(Samples.opened().build(), null))
                .isEqualTo("{\"incident\":\"inc1-00000000000000aa\",\"revision\":1,"
                        + "\"asOf\":\"2026-03-04T14:03:25.000Z\",\"opened\":\"2026-03-04T14:03:25.000Z\","
                        + "\"started\":\"2026-03-04T14:03:10.000Z\",\"ended\":null,\"status\":\"open\","
                        + "\"mergedInto\":null,\"cluster\":null,\"novel\":false,\"environment\":\"shop\","
                        + "\"services\":[\"checkout\",\"payment\"],"
                        + "\"rootCauses\":[{\"service\":\"payment\",\"score\":0.62,"
                        + "\"reasons\":[\"it was odd first\",\"checkout calls it\"]}],"
                        + "\"signatures\":[{\"id\":\"sig1-00000000000000bb\","
                        + "\"template\":\"pool exhausted after <num> ms\",\"service\":\"payment\",\"count\":12}],"
                        + "\"diagnosis\":null}");
    }

    @Test
    void theDiagnosisCarriesItsCitedEvidence() {
        assertThat(RevisionJson.line(
                        Samples.settledNovel().build(), Samples.diagnosis().build()))
                .contains("\"diagnosis\":{\"state\":\"diagnosed\",\"generation\":1,")
                .contains("\"confidence\":0.712,\"category\":\"resource connections\",\"service\":\"payment\"")
                .contains("\"evidence\":[{\"id\":\"E1\",\"text\":\"payment says \\\"pool exhausted\\\"")
                .doesNotContain("owner", "deadline");
    }
}
