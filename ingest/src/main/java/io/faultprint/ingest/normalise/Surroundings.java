package io.faultprint.ingest.normalise;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * What a refused record takes along from around it into its dead letter. Beyond 16 KiB it is left out: a hundred
 * thousand records of a few bytes would otherwise become as many copies of one long resource.
 */
final class Surroundings {

    private static final int LONGEST = 16 << 10;

    private Surroundings() {}

    static Resource of(Resource resource) {
        return resource.getSerializedSize() <= LONGEST ? resource : Resource.getDefaultInstance();
    }

    static InstrumentationScope of(InstrumentationScope scope) {
        return scope.getSerializedSize() <= LONGEST ? scope : InstrumentationScope.getDefaultInstance();
    }

    /** A metric to which one point is added: its name, and its description where that is of a sound length. */
    static Metric.Builder of(Metric metric) {
        Metric.Builder alone = Metric.newBuilder()
                .setName(Texts.cut(metric.getName(), LONGEST).text())
                .setUnit(Texts.cut(metric.getUnit(), LONGEST).text());
        return metric.getDescription().length() <= LONGEST ? alone.setDescription(metric.getDescription()) : alone;
    }
}
