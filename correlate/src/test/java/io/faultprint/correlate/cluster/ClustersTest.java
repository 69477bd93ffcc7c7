package io.faultprint.correlate.cluster;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.errors;
import static io.faultprint.correlate.incident.Story.failing;
import static io.faultprint.correlate.incident.Story.high;
import static io.faultprint.correlate.incident.Story.newError;
import static io.faultprint.correlate.incident.Story.slow;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.table.Table;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Surprise;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private final AtomicInteger evicted = new AtomicInteger();
    private final Clusters clusters = new Clusters(Table.onHeap(), ClusterSettings.DEFAULT, evicted::incrementAndGet);

    @Test
    void aSignatureIsTheSameWhetherItIsNewOrOnlyMoreFrequent() {
        Fingerprint first = of(seen("orders", newError("sig1-a", 8, at(0))));
        Fingerprint second = of(seen("orders", errors("sig1-a", 8, at(9))));

        assertThat(first.similarity(second)).isEqualTo(1);
    }

    @Test
    void aWeakerOccurrenceIsTheSameFailure() {
        Fingerprint strong = of(seen("orders", newError("sig1-a", 12, at(0)), failing("POST /", 12, at(0))));
        Fingerprint weak = of(seen("orders", newError("sig1-a", 6, at(0)), failing("POST /", 5, at(0))));

        assertThat(strong.similarity(weak)).isGreaterThan(0.8);
    }

    @Test
    void bystandersThatComeAndGoDoNotPartAFailure() {
        List<IncidentSurprise> core = seen("orders", errors("sig1-a", 9, at(0)), failing("POST /", 9, at(0)));
        Map<String, Double> blame = Map.of("orders", 1.0, "web", 0.2, "search", 0.1);
        Fingerprint with = Fingerprints.of(
                join(List.of(core, seen("web", failing("GET /", 7, at(0))), seen("search", slow("GET /s", 6, at(0))))),
                s -> blame.getOrDefault(s, 0.0),
                60);
        Fingerprint without = Fingerprints.of(core, s -> blame.getOrDefault(s, 0.0), 60);

        assertThat(with.similarity(without)).isGreaterThan(ClusterSettings.DEFAULT.similarity());
    }

    @Test
    void otherFailuresOfTheServiceAreOthers() {
        Fingerprint errors = of(seen("orders", errors("sig1-a", 9, at(0))));

        assertThat(errors.similarity(of(seen("orders", errors("sig1-b", 9, at(0))))))
                .isLessThan(0.5);
        assertThat(errors.similarity(of(seen("orders", high("cpu", 9, at(0)))))).isZero();
        assertThat(errors.similarity(of(seen("mail", errors("sig1-a", 9, at(0))))))
                .isZero();
    }

    @Test
    void podsAreNotPartOfAMetric() {
        Fingerprint one = of(seen("orders", high("cpu{pod=a}", 9, at(0))));

        assertThat(one.similarity(of(seen("orders", high("cpu{pod=b}", 9, at(0))))))
                .isEqualTo(1);
    }

    @Test
    void aSignatureThatBecameAnotherIsMetUnderThatOne() {
        List<IncidentSurprise> core = seen("orders", errors("sig1-a", 9, at(0)));
        Cluster founded = clusters.found(new Clusters.Member("prod", "inc1-1", "t", 0, 0), of(core));

        List<Cluster> renamed = clusters.rename("prod", "orders", "sig1-a", "sig1-b", 77);

        assertThat(renamed).singleElement().satisfies(cluster -> {
            assertThat(cluster.getId()).isEqualTo(founded.getId());
            assertThat(cluster.getRevision()).isEqualTo(founded.getRevision() + 1);
            assertThat(cluster.getAsOf()).isEqualTo(77);
        });
        Match match = clusters.match("prod", of(seen("orders", errors("sig1-b", 9, at(0)))));
        assertThat(match)
                .isInstanceOfSatisfying(
                        Match.Known.class,
                        known -> assertThat(known.similarity()).isEqualTo(1));
        assertThat(clusters.rename("prod", "web", "sig1-b", "sig1-c", 78)).isEmpty();
    }

    @Test
    void betweenTwoDifferentFailuresThatAreAboutEquallyAlikeItIsNovel() {
        Clusters tolerant =
                new Clusters(Table.onHeap(), new ClusterSettings(3, 6, 0.3, 0.1, 10, 60), evicted::incrementAndGet);
        List<IncidentSurprise> a = seen("orders", errors("sig1-a", 9, at(0)), slow("x", 9, at(0)));
        List<IncidentSurprise> b = seen("mail", errors("sig1-b", 9, at(0)), slow("y", 9, at(0)));
        tolerant.found(member("inc1-1", 1), of(a));
        tolerant.found(member("inc1-2", 2), of(b));

        assertThat(tolerant.match("prod", of(join(List.of(a, b))))).isInstanceOf(Match.Novel.class);
        assertThat(tolerant.match("prod", of(a))).isInstanceOf(Match.Known.class);
    }

    @Test
    void betweenTwoClustersOfOneFailureTheBetterOneIsTaken() {
        Surprise core = errors("sig1-a", 9, at(0));
        Cluster one = clusters.found(member("inc1-1", 1), of(seen("orders", core, failing("x", 5, at(0)))));
        clusters.found(member("inc1-2", 2), of(seen("orders", core, failing("y", 5, at(0)))));

        assertThat(clusters.match("prod", of(seen("orders", core))))
                .isInstanceOfSatisfying(
                        Match.Known.class, k -> assertThat(k.cluster().getId()).isEqualTo(one.getId()));
    }

    @Test
    void anotherEnvironmentKnowsNothingOfIt() {
        Fingerprint fingerprint = of(seen("orders", errors("sig1-a", 9, at(0))));
        clusters.found(member("inc1-1", 1), fingerprint);

        assertThat(clusters.match("prod", fingerprint)).isInstanceOf(Match.Known.class);
        assertThat(clusters.match("staging", fingerprint)).isInstanceOf(Match.Novel.class);
    }

    @Test
    void theClusterLongestUnseenMakesRoom() {
        Clusters small =
                new Clusters(Table.onHeap(), new ClusterSettings(3, 6, 0.5, 0.1, 2, 60), evicted::incrementAndGet);
        Cluster oldest = small.found(member("inc1-1", 1), of(seen("a", errors("sig1-a", 9, at(0)))));
        small.found(member("inc1-2", 2), of(seen("b", errors("sig1-b", 9, at(0)))));
        small.join(oldest, member("inc1-3", 3));
        small.found(member("inc1-4", 4), of(seen("c", errors("sig1-c", 9, at(0)))));

        assertThat(evicted).hasValue(1);
        assertThat(small.match("prod", of(seen("a", errors("sig1-a", 9, at(0))))))
                .isInstanceOf(Match.Known.class);
        assertThat(small.match("prod", of(seen("b", errors("sig1-b", 9, at(0))))))
                .isInstanceOf(Match.Novel.class);
    }

    @Test
    void aGoldenIdSaysWhenFingerprintsChange() {
        Cluster cluster = clusters.found(
                member("inc1-1", 1), of(seen("orders", errors("sig1-a", 9, at(0)), slow("GET /", 7, at(0)))));

        assertThat(cluster.getId()).isEqualTo("clu1-3be195e6dc4af1f0");
    }

    private static Clusters.Member member(String incident, long started) {
        return new Clusters.Member("prod", incident, "title", started, started + 1);
    }

    private static Fingerprint of(List<IncidentSurprise> seen) {
        return Fingerprints.of(seen, s -> 1, 60);
    }

    private static List<IncidentSurprise> seen(String service, Surprise... surprises) {
        return Arrays.stream(surprises)
                .map(s -> new IncidentSurprise(service, s, at(0), at(0), 1))
                .toList();
    }

    private static List<IncidentSurprise> join(List<List<IncidentSurprise>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
