package io.faultprint.correlate.incident;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.calm;
import static io.faultprint.correlate.incident.Story.deploy;
import static io.faultprint.correlate.incident.Story.errors;
import static io.faultprint.correlate.incident.Story.failing;
import static io.faultprint.correlate.incident.Story.high;
import static io.faultprint.correlate.incident.Story.newError;
import static io.faultprint.correlate.incident.Story.odd;
import static io.faultprint.correlate.incident.Story.silent;
import static io.faultprint.correlate.incident.Story.slow;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.time.Windows;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsTest {

    @Test
    void oneStrongWindowOpensAnIncident() {
        Told told = new Told().window(0, odd(0, "orders", 6, newError("sig1-a", 6, at(0) + 700)));

        Incident opened = told.revisions().get(0);
        assertThat(opened.getStatus()).isEqualTo(IncidentStatus.OPEN);
        assertThat(opened.getRevision()).isEqualTo(1);
        assertThat(opened.getOpened()).isEqualTo(Windows.DEFAULT.knownAt(at(0))).isEqualTo(opened.getAsOf());
        assertThat(opened.getStarted()).isEqualTo(at(0) + 700);
        assertThat(opened.getSignatures()).singleElement().satisfies(s -> {
            assertThat(s.getId()).isEqualTo("sig1-a");
            assertThat(s.getCount()).isEqualTo(12);
        });
    }

    @Test
    void oneMediumWindowOpensNothingButTwoOfThreeDo() {
        Told once = new Told()
                .window(0, odd(0, "orders", 4, errors("sig1-a", 4, at(0))))
                .calm(1, 9);
        assertThat(once.revisions()).isEmpty();

        Told twice = new Told()
                .window(0, odd(0, "orders", 4, errors("sig1-a", 4, at(0) + 300)))
                .window(1)
                .window(2, odd(2, "orders", 4, errors("sig1-a", 4, at(2))));
        assertThat(twice.revisions()).singleElement().satisfies(i -> {
            assertThat(i.getOpened()).isEqualTo(Windows.DEFAULT.knownAt(at(2)));
            assertThat(i.getStarted()).isEqualTo(at(0) + 300);
        });

        Told tooFarApart = new Told()
                .window(0, odd(0, "orders", 4, errors("sig1-a", 4, at(0))))
                .calm(1, 3)
                .window(3, odd(3, "orders", 4, errors("sig1-a", 4, at(3))));
        assertThat(tooFarApart.revisions()).isEmpty();
    }

    @Test
    void aServiceThatIsStillBeingLearnedOpensNothingButIsMentioned() {
        Told alone = new Told()
                .window(0, odd(0, "orders", 9, errors("sig1-a", 9, at(0))).learning());
        assertThat(alone.revisions()).isEmpty();

        Told beside = new Told()
                .window(
                        0,
                        odd(0, "orders", 9, errors("sig1-a", 9, at(0))).learning(),
                        odd(0, "web", 7, failing("GET /", 7, at(0))).calls("orders"));
        assertThat(beside.latest())
                .singleElement()
                .satisfies(i -> assertThat(i.getServices()).containsExactly("orders", "web"));
    }

    @Test
    void aFailureComesBackUnderTheSignatureThatStandsForItsOwn() {
        Told told = new Told()
                .window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0))))
                .calm(1, 20)
                .window(
                        20,
                        calm(20, "orders").alias("sig1-a", "sig1-b"),
                        calm(20, "web").alias("sig1-z", "sig1-y"))
                .window(21, odd(21, "orders", 8, errors("sig1-b", 8, at(21))))
                .calm(22, 40);

        List<Incident> both = told.latest();
        assertThat(both).hasSize(2);
        assertThat(both.get(0).getCluster()).isNotNull().isEqualTo(both.get(1).getCluster());
    }

    @Test
    void anOpenIncidentTellsOfSignaturesThatBecameOneOnce() {
        Told told = new Told()
                .window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0)), newError("sig1-b", 7, at(0))))
                .window(1, odd(1, "orders", 8, errors("sig1-a", 8, at(1))).alias("sig1-b", "sig1-a"))
                .calm(2, 8);

        Incident last = told.latest().get(0);
        assertThat(last.getSignatures()).extracting(IncidentSignature::getId).containsExactly("sig1-a");
        assertThat(last.getSignatures().get(0).getCount()).isEqualTo(12 + 12 + 40);
        assertThat(last.getSurprises())
                .extracting(s -> s.getSurprise().getSubject())
                .containsOnly("sig1-a");
    }

    @Test
    void itIsOverAfterSixCalmWindowsAndEndedWhenTheLastOddWindowDid() {
        Told told = new Told()
                .window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0))))
                .window(1, odd(1, "orders", 4, errors("sig1-a", 4, at(1))))
                .calm(2, 7);
        assertThat(told.latest().get(0).getStatus()).isEqualTo(IncidentStatus.OPEN);

        told.window(7);

        Incident resolved = told.latest().get(0);
        assertThat(resolved.getStatus()).isEqualTo(IncidentStatus.RESOLVED);
        assertThat(resolved.getEnded()).isEqualTo(at(2));
        assertThat(resolved.getAsOf()).isEqualTo(Windows.DEFAULT.knownAt(at(7)));
    }

    @Test
    void troubleThatComesBackWithinTheHoldIsTheSameIncidentAndSaysNothingNew() {
        Told told = new Told().window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0))));
        for (int window = 1; window < 60; window++) {
            if (window % 5 == 0) {
                told.window(window, odd(window, "orders", 8, newError("sig1-a", 8, at(window))));
            } else {
                told.window(window);
            }
        }

        assertThat(told.latest()).hasSize(1);
        // Opened, and settled; the flapping itself is no news.
        assertThat(told.revisions()).extracting(Incident::getRevision).containsExactly(1, 2);
    }

    @Test
    void blindWindowsAreNotCalm() {
        Told told = new Told().window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0))));
        for (int window = 1; window < 20; window++) {
            told.blindWindow(window);
        }
        assertThat(told.latest().get(0).getStatus()).isEqualTo(IncidentStatus.OPEN);

        assertThat(new Told()
                        .blindWindow(0, odd(0, "orders", 9, silent(9, at(0))))
                        .revisions())
                .isEmpty();
        assertThat(new Told().window(0, odd(0, "orders", 9, silent(9, at(0)))).revisions())
                .hasSize(1);
    }

    @Test
    void aSlowDatabaseIsTheCandidateAndNotThoseWhoWaitForIt() {
        Told told = new Told()
                .window(0, calm(0, "web").calls("orders"), calm(0, "orders").calls("db"), calm(0, "db"))
                .window(
                        1,
                        odd(1, "web", 9, slow("GET /", 9, at(1)), failing("GET /", 7, at(1) + 4_000))
                                .calls("orders"),
                        odd(1, "orders", 9, slow("GET /orders", 9, at(1))).calls("db"),
                        odd(1, "db", 7, high("db.cpu", 7, at(1))));

        Incident incident = told.latest().get(0);
        assertThat(incident.getServices()).containsExactly("db", "orders", "web");
        Candidate first = incident.getCandidates().get(0);
        assertThat(first.getService()).isEqualTo("db");
        assertThat(first.getReasons()).anyMatch(r -> r.contains("called by orders"));
        assertThat(incident.getTitle()).startsWith("db: db.cpu high").endsWith("(3 services)");
        assertThat(incident.getCandidates().stream()
                        .mapToDouble(Candidate::getScore)
                        .sum())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void twoFailuresInUnrelatedPartsAreTwoIncidents() {
        Told told = new Told()
                .window(
                        0,
                        calm(0, "web").calls("orders", "search"),
                        calm(0, "jobs").calls("mail"))
                .window(
                        1,
                        odd(1, "orders", 8, newError("sig1-a", 8, at(1))),
                        odd(1, "mail", 8, newError("sig1-b", 8, at(1))),
                        odd(1, "search", 8, newError("sig1-c", 8, at(1))));

        assertThat(told.latest())
                .extracting(i -> String.join(",", i.getServices()))
                .containsExactlyInAnyOrder("orders", "mail", "search");
    }

    @Test
    void oneHealthyServiceBetweenCallerAndCalleeDoesNotPartThem() {
        Told told = new Told()
                .window(0, calm(0, "web").calls("proxy"), calm(0, "proxy").calls("orders"))
                .window(
                        1,
                        odd(1, "web", 8, failing("GET /", 8, at(1))),
                        odd(1, "orders", 8, newError("sig1-a", 8, at(1))));

        assertThat(told.latest()).singleElement().satisfies(i -> {
            assertThat(i.getServices()).containsExactly("orders", "web");
            assertThat(i.getCandidates().get(0).getService()).isEqualTo("orders");
        });
    }

    @Test
    void incidentsThatComeToTouchMergeIntoTheOldest() {
        Told told = new Told()
                .window(0, calm(0, "web").calls("orders", "search"))
                .window(1, odd(1, "orders", 8, newError("sig1-a", 8, at(1))))
                .window(
                        2,
                        odd(2, "orders", 8, newError("sig1-a", 8, at(2))),
                        odd(2, "search", 8, newError("sig1-c", 8, at(2))))
                .window(
                        3,
                        odd(3, "orders", 8, newError("sig1-a", 8, at(3))),
                        odd(3, "web", 8, failing("GET /", 8, at(3))));

        Incident survivor = told.latest().get(0);
        Incident other = told.latest().get(1);
        assertThat(survivor.getServices()).containsExactly("orders", "search", "web");
        assertThat(survivor.getStatus()).isEqualTo(IncidentStatus.OPEN);
        assertThat(other.getStatus()).isEqualTo(IncidentStatus.MERGED);
        assertThat(other.getMergedInto()).isEqualTo(survivor.getId());
        assertThat(other.getRevision()).isEqualTo(2);
    }

    @Test
    void aChangeJustBeforeIsNamedAndWeighs() {
        Told told = new Told()
                .window(0, calm(0, "web").calls("orders"), calm(0, "orders").changed(deploy("orders", "chg-1", at(0))))
                .window(
                        12,
                        odd(12, "orders", 8, newError("sig1-a", 8, at(12))),
                        odd(12, "web", 8, newError("sig1-b", 8, at(12))).calls("orders"));

        Incident incident = told.latest().get(0);
        assertThat(incident.getChanges()).extracting(c -> c.getId()).containsExactly("chg-1");
        assertThat(incident.getCandidates().get(0).getChange()).isEqualTo("chg-1");
        assertThat(incident.getCandidates().get(0).getReasons())
                .contains("deploy 1.4 to 1.5 2 min before: new version");
    }

    @Test
    void aRecurrenceMeetsItsClusterAndAnotherFailureOfTheServiceDoesNot() {
        Told told = new Told();
        failure(told, 0, "sig1-a", 9, true);
        failure(told, 100, "sig1-a", 6, false);
        failure(told, 200, "sig1-z", 9, true);

        Incident first = told.latest().get(0);
        Incident second = told.latest().get(1);
        Incident third = told.latest().get(2);
        assertThat(first.getNovel()).isTrue();
        assertThat(second.getNovel()).isFalse();
        assertThat(second.getCluster()).isEqualTo(first.getCluster());
        assertThat(second.getOccurrence()).isEqualTo(2);
        assertThat(second.getPrevious()).isEqualTo(first.getId());
        assertThat(second.getPreviousStarted()).isEqualTo(first.getStarted());
        assertThat(third.getNovel()).isTrue();
        assertThat(third.getCluster()).isNotEqualTo(first.getCluster());
        assertThat(told.clusters()).extracting(c -> c.getRevision()).containsExactly(1, 2, 1);
        assertThat(told.clusters().get(1).getIncidents()).isEqualTo(2);
    }

    @Test
    void theEndOfTheDataFreezesButDoesNotResolve() {
        Told told = new Told()
                .window(0, odd(0, "orders", 8, newError("sig1-a", 8, at(0))))
                .dataEnds(0);

        Incident last = told.latest().get(0);
        assertThat(last.getStatus()).isEqualTo(IncidentStatus.OPEN);
        assertThat(last.getEnded()).isNull();
        assertThat(last.getSettled()).isTrue();
        assertThat(told.clusters()).hasSize(1);
    }

    @Test
    void boundsAreHeldAndCounted() {
        Told told =
                new Told(IncidentSettings.DEFAULT.withCaps(new IncidentSettings.Caps(4, 2, 2, 2, 3, 1, 1, 1, 2, 10)));

        told.window(
                0,
                odd(0, "a", 9, newError("sig1-1", 9, at(0)), errors("sig1-2", 8, at(0)), slow("x", 7, at(0)))
                        .calls("b", "c", "d"),
                odd(0, "b", 8, newError("sig1-1", 8, at(0))),
                odd(0, "c", 7, newError("sig1-1", 7, at(0))),
                odd(0, "d", 6, newError("sig1-1", 6, at(0))),
                odd(0, "e", 6, newError("sig1-1", 6, at(0))));

        assertThat(told.latest().get(0).getServices()).hasSize(2);
        assertThat(told.latest().get(0).getSurprises()).hasSizeLessThanOrEqualTo(3);
        assertThat(told.latest().get(0).getSurprisesCut()).isPositive();
        assertThat(told.left(Bound.DIGESTS)).isEqualTo(1);
        assertThat(told.left(Bound.SERVICES)).isPositive();
    }

    @Test
    void openIncidentsBeyondTheirBoundAreCountedAndTheOpenOnesGoOn() {
        Told told = new Told(capped(2, 500));

        for (int window = 0; window < 3; window++) {
            told.window(
                    window,
                    odd(window, "a", 9, newError("sig1-1", 9, at(window))),
                    odd(window, "b", 8, newError("sig1-2", 8, at(window))),
                    odd(window, "c", 7, newError("sig1-3", 7, at(window))));
        }

        assertThat(told.latest()).hasSize(2).allMatch(i -> i.getStatus() == IncidentStatus.OPEN);
        // Each window in which the third would have opened.
        assertThat(told.left(Bound.INCIDENTS)).isEqualTo(3);

        told.calm(3, 9).window(9, odd(9, "c", 7, newError("sig1-3", 7, at(9))));

        assertThat(told.latest()).hasSize(3);
        assertThat(told.left(Bound.INCIDENTS)).isEqualTo(3);
    }

    @Test
    void changesAndCallsBeyondTheirBoundsAreCounted() {
        Told told = new Told(capped(100, 3));

        told.window(
                0,
                calm(0, "web")
                        .calls("a", "b", "c", "d", "e")
                        .changed(deploy("web", "c1", at(0)))
                        .changed(deploy("web", "c2", at(0) + 1))
                        .changed(deploy("web", "c3", at(0) + 2))
                        .changed(deploy("web", "c4", at(0) + 3)));

        assertThat(told.left(Bound.CHANGES)).isEqualTo(1);
        assertThat(told.left(Bound.EDGES)).isEqualTo(2);
    }

    private static IncidentSettings capped(int incidents, int changesAndEdges) {
        return IncidentSettings.DEFAULT.withCaps(
                new IncidentSettings.Caps(2_000, incidents, 100, 12, 40, 20, 20, changesAndEdges, changesAndEdges, 60));
    }

    private static void failure(Told told, int from, String signature, double score, boolean withCaller) {
        told.window(from, calm(from, "web").calls("orders"));
        for (int window = from + 1; window < from + 5; window++) {
            if (withCaller) {
                told.window(
                        window,
                        odd(
                                window,
                                "orders",
                                score,
                                errors(signature, score, at(window)),
                                failing("POST /orders", score, at(window))),
                        odd(window, "web", 6, failing("GET /", 6, at(window))).calls("orders"));
            } else {
                told.window(
                        window,
                        odd(
                                window,
                                "orders",
                                score,
                                errors(signature, score, at(window)),
                                failing("POST /orders", score, at(window))));
            }
        }
        told.calm(from + 5, from + 15);
    }
}
