package io.faultprint.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;

/** The rooms of the repository, as packages. */
final class Rooms {

    static final String INGEST = "io.faultprint.ingest..";
    static final String CORRELATE = "io.faultprint.correlate..";
    static final String DIAGNOSE = "io.faultprint.diagnose..";
    static final String NOTIFY = "io.faultprint.notify..";
    static final String NODE = "io.faultprint.node..";
    static final String SCENARIO = "io.faultprint.scenario..";
    static final String DASHBOARDS = "io.faultprint.dashboards..";
    static final String EVALUATE = "io.faultprint.evaluate..";
    static final String BENCHMARKS = "io.faultprint.benchmarks..";
    static final String LOCAL = "io.faultprint.local..";

    /** The contracts: what every stage may see. */
    static final String[] SCHEMAS = {
        "io.faultprint.event..",
        "io.faultprint.snapshot..",
        "io.faultprint.incident..",
        "io.faultprint.diagnosis..",
        "io.faultprint.id..",
        "io.faultprint.letter..",
        "io.faultprint.pulse..",
        "io.faultprint.runtime..",
        "io.faultprint.serde..",
        "io.faultprint.settings..",
        "io.faultprint.time..",
        "io.faultprint.topic..",
        "io.faultprint.watch..",
    };

    /** What only computes: no Kafka, no clock, no chance. */
    static final String[] PURE = {
        "io.faultprint.correlate.baseline..",
        "io.faultprint.correlate.candidate..",
        "io.faultprint.correlate.cluster..",
        "io.faultprint.correlate.graph..",
        "io.faultprint.correlate.incident..",
        "io.faultprint.correlate.signature..",
        "io.faultprint.correlate.snapshot..",
        "io.faultprint.correlate.span..",
        "io.faultprint.correlate.table..",
        "io.faultprint.correlate.watermark..",
        "io.faultprint.ingest.change..",
        "io.faultprint.ingest.normalise..",
        "io.faultprint.ingest.otlp..",
        "io.faultprint.ingest.redact..",
        "io.faultprint.diagnose.check..",
        "io.faultprint.diagnose.evidence..",
        "io.faultprint.diagnose.rules..",
        "io.faultprint.notify.form..",
        "io.faultprint.notify.notice..",
        "io.faultprint.evaluate.score..",
        "io.faultprint.evaluate.truth..",
    };

    private Rooms() {}

    /** Faultprint's own classes outside these packages. */
    static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return resideInAPackage("io.faultprint..")
                .and(not(resideInAnyPackage(packages)))
                .as("of Faultprint outside " + String.join(", ", packages));
    }

    /** A room and the contracts. */
    static String[] andSchemas(String... rooms) {
        return Stream.concat(Stream.of(rooms), Stream.of(SCHEMAS)).toArray(String[]::new);
    }
}
