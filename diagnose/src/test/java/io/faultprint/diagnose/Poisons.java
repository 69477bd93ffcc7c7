package io.faultprint.diagnose;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.event.Heartbeat;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Letter;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Poisoned records for each topic that the stage reads. */
final class Poisons {

    /** The cluster that poisoned claims and generations are about. */
    static final String CLUSTER = "clu1-9";

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final long YEAR_50000 = 1_515_730_000_000_000L;

    /** A poisoned record, and the cause it is refused for. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Poison(Topic topic, String key, byte @Nullable [] bytes, String cause) {}

    private Poisons() {}

    /** Those that would shut out every true claim of a cluster, for ever. */
    static List<Poison> ofClaims() {
        Diagnosis claim = Diagnosis.newBuilder()
                .setCluster(CLUSTER)
                .setGeneration(1)
                .setEnvironment(Records.ENVIRONMENT)
                .setIncident("inc1-9")
                .setRevision(1)
                .setState(DiagnosisState.CLAIMED)
                .setAttempt(1)
                .setOwner("nobody")
                .setDeadline(Long.MAX_VALUE)
                .setEngine("")
                .setAsOf(Records.START)
                .setSummary("")
                .build();
        Cluster cluster = Records.cluster(CLUSTER, 1, 1, "inc1-9");
        String key = Records.ENVIRONMENT + "/" + CLUSTER;
        return List.of(
                of(Topics.DIAGNOSES, key, claim, "BAD_TIME"),
                of(
                        Topics.DIAGNOSES,
                        key,
                        Diagnosis.newBuilder(claim)
                                .setState(DiagnosisState.DIAGNOSED)
                                .setDeadline(0)
                                .setGeneration(Integer.MAX_VALUE)
                                .build(),
                        "BAD_VALUE"),
                of(
                        Topics.CLUSTERS,
                        key,
                        Cluster.newBuilder(cluster)
                                .setGeneration(Integer.MAX_VALUE)
                                .build(),
                        "BAD_VALUE"),
                of(
                        Topics.CLUSTERS,
                        key,
                        Cluster.newBuilder(cluster).setGeneration(-1).build(),
                        "BAD_VALUE"));
    }

    /** Every kind of damage in every topic, and what is absurd of each type. */
    static List<Poison> ofEveryTopic() {
        List<Poison> all = new ArrayList<>();
        damage(all, Topics.SNAPSHOTS, "shop/cart", Records.snapshot("cart", Records.START));
        damage(all, Topics.SIGNATURES, "shop/cart/sig1-1", Records.signature("sig1-1", Records.START, 1));
        damage(
                all,
                Topics.INCIDENTS,
                "shop/inc1-5",
                Records.incident("inc1-5", 1).build());
        damage(all, Topics.CLUSTERS, "shop/clu1-5", Records.cluster("clu1-5", 1, 1, "inc1-5"));
        damage(all, Topics.DIAGNOSES, "shop/clu1-5", Records.cluster("clu1-5", 1, 1, "inc1-5"));
        all.add(new Poison(Topics.SNAPSHOTS, "shop/cart", null, "MALFORMED"));
        all.add(of(Topics.SNAPSHOTS, "shop/cart", Records.snapshot("cart", YEAR_50000), "BAD_TIME"));
        all.add(of(Topics.SNAPSHOTS, "shop/", Records.snapshot("", Records.START), "BAD_VALUE"));
        Snapshot backwards = Snapshot.newBuilder(Records.snapshot("cart", Records.START))
                .setWindowEnd(0)
                .build();
        all.add(of(Topics.SNAPSHOTS, "shop/cart", backwards, "BAD_TIME"));
        SignatureEntry late = Records.signature("sig1-1", YEAR_50000, 1);
        all.add(of(Topics.SIGNATURES, "shop/cart/sig1-1", late, "BAD_TIME"));
        Incident absurd = Records.incident("inc1-5", Integer.MAX_VALUE).build();
        all.add(of(Topics.INCIDENTS, "shop/inc1-5", absurd, "BAD_VALUE"));
        Incident early = Records.incident("inc1-5", 1).setStarted(-1).build();
        all.add(of(Topics.INCIDENTS, "shop/inc1-5", early, "BAD_TIME"));
        // A little less than a mebibyte: with its headers the letter would be more.
        all.add(new Poison(Topics.SNAPSHOTS, "shop/cart", "x".repeat(1_047_000).getBytes(UTF_8), "MALFORMED"));
        return all;
    }

    private static void damage(List<Poison> all, Topic topic, String key, SpecificRecord right) {
        byte[] whole = CODEC.encode(topic.name(), right);
        byte[] random = new byte[100];
        new Random(5).nextBytes(random);
        byte[] wrongMagic = whole.clone();
        wrongMagic[0] = 5;
        byte[] unknown = whole.clone();
        unknown[4]++;
        all.add(new Poison(topic, key, new byte[0], "MALFORMED"));
        all.add(new Poison(topic, key, random, "MALFORMED"));
        all.add(new Poison(topic, key, wrongMagic, "MALFORMED"));
        all.add(new Poison(topic, key, unknown, "MALFORMED"));
        all.add(new Poison(topic, key, Arrays.copyOf(whole, whole.length - 1), "MALFORMED"));
        all.add(of(topic, key, new Heartbeat("door", 1L, 1L, 1L, false, false), "WRONG_TYPE"));
        if (topic.values().contains(right.getClass())) {
            all.add(new Poison(topic, "other/" + key, whole, "BAD_KEY"));
        } else {
            all.add(new Poison(topic, key, whole, "WRONG_TYPE"));
        }
    }

    private static Poison of(Topic topic, String key, SpecificRecord value, String cause) {
        return new Poison(topic, key, CODEC.encode(topic.name(), value), cause);
    }

    /** What of these bytes a letter must hold, in a form that can be compared. */
    static String beginning(byte @Nullable [] bytes) {
        return bytes == null
                ? "none"
                : HexFormat.of()
                        .formatHex(bytes.length <= Letter.LONGEST ? bytes : Arrays.copyOf(bytes, Letter.LONGEST));
    }
}
