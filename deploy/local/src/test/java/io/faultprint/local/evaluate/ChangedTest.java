package io.faultprint.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.evaluate.score.History;
import io.faultprint.incident.Incident;
import io.faultprint.local.show.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedTest {

    private static final long MINUTE = 60_000;

    private final Incident early = incident("early", 0, "cart", "gateway");
    private final Incident late = incident("late", 20, "cart");
    private final Incident whole = Incident.newBuilder(incident("whole", 0, "gateway", "cart"))
            .setEnded(Samples.START + 40 * MINUTE)
            .build();

    @Test
    void theSameTroubleIsNoDifference() {
        assertThat(Changed.differences(
                        of(early), of(Incident.newBuilder(early).setId("other").build())))
                .isEmpty();
    }

    @Test
    void incidentsThatComeAndGo() {
        assertThat(Changed.differences(of(early), of(late)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("  missed").endsWith("early"),
                        line -> assertThat(line).startsWith("  new").endsWith("late"));
        assertThat(Changed.differences(of(early), of(incident("elsewhere", 0, "mailer"))))
                .hasSize(2);
    }

    @Test
    void oneInTwoAndTwoInOne() {
        assertThat(Changed.differences(of(whole), of(early, late)))
                .singleElement()
                .asString()
                .contains("split", "into 2");
        assertThat(Changed.differences(of(early, late), of(whole)))
                .singleElement()
                .asString()
                .contains("grouped", "2 into");
    }

    @Test
    void whatIsNewToOneAndKnownToTheOther() {
        Incident known = Incident.newBuilder(early).setNovel(false).build();

        assertThat(Changed.differences(of(early), of(known)))
                .singleElement()
                .asString()
                .startsWith("  known");
        assertThat(Changed.differences(of(known), of(early)))
                .singleElement()
                .asString()
                .startsWith("  novel");
    }

    private static List<History> of(Incident... incidents) {
        return Arrays.stream(incidents).map(each -> new History(List.of(each))).toList();
    }

    private static Incident incident(String title, int minute, String... services) {
        long started = Samples.START + minute * MINUTE;
        return Samples.opened()
                .setId(title)
                .setTitle(title)
                .setStarted(started)
                .setOpened(started)
                .setAsOf(started + MINUTE)
                .setEnded(started + 2 * MINUTE)
                .setNovel(true)
                .setServices(List.of(services))
                .build();
    }
}
