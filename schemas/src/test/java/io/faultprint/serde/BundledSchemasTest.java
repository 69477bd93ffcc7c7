package io.faultprint.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class BundledSchemasTest {

    private final BundledSchemas bundled = BundledSchemas.ofTopics();

    @Test
    void idsStandAboveEverythingThatARegistryHandsOut() {
        for (var type : Topics.recordTypes()) {
            int id = bundled.idOf("any", RandomRecords.schema(type));

            assertThat(id).isGreaterThanOrEqualTo(BundledSchemas.BASE).isPositive();
            assertThat(BundledSchemas.isBundled(id)).isTrue();
            assertThat(bundled.schemaOf(id)).isEqualTo(RandomRecords.schema(type));
        }
        assertThat(List.of(0, 1, 7, 100_000, BundledSchemas.BASE - 1, -1, Integer.MIN_VALUE))
                .noneMatch(BundledSchemas::isBundled);
    }

    @Test
    void documentationIsNoPartOfAnId() {
        Schema one =
                SchemaBuilder.record("a.R").doc("one").fields().requiredInt("n").endRecord();
        Schema other = SchemaBuilder.record("a.R")
                .doc("other")
                .fields()
                .requiredInt("n")
                .endRecord();

        assertThat(BundledSchemas.idOf(one)).isEqualTo(BundledSchemas.idOf(other));
    }

    @Test
    void aSchemaThatStandsInNoTopicHasNoId() {
        assertThatThrownBy(() -> bundled.idOf("faultprint.logs", Envelope.getClassSchema()))
                .isInstanceOf(MalformedRecord.class)
                .hasMessage("schema io.faultprint.event.Envelope for faultprint.logs: not in the bundled catalogue");
    }

    @Test
    void aStageAddsTheRecordsOfItsOwnState() {
        BundledSchemas more = BundledSchemas.ofTopicsAnd(List.of(Envelope.class));

        int id = more.idOf("store", Envelope.getClassSchema());

        assertThat(more.schemaOf(id)).isEqualTo(Envelope.getClassSchema());
        assertThat(more.idOf("logs", Heartbeat.getClassSchema()))
                .isEqualTo(bundled.idOf("logs", Heartbeat.getClassSchema()));
    }

    @Test
    void twoSchemasWithOneIdAreRefusedAtStart() {
        List<Schema> pair = colliding();

        assertThatThrownBy(() -> BundledSchemas.of(pair))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("schemas %s and %s differ, but have one id: rename a field of the newer"
                        .formatted(pair.get(0).getFullName(), pair.get(1).getFullName()));
    }

    /**
     * Thirty bits: among some forty thousand schemas two share an id. The names are drawn at random, because a CRC tells
     * names apart that differ in a few digits only.
     */
    private static List<Schema> colliding() {
        Random names = new Random(1);
        Map<Integer, String> byId = new HashMap<>();
        for (int i = 0; i < 1_000_000; i++) {
            String name = "c.R" + Long.toHexString(names.nextLong());
            String other = byId.put(BundledSchemas.idOf(empty(name)), name);
            if (other != null) {
                return List.of(empty(other), empty(name));
            }
        }
        throw new AssertionError("no two of a million schemas share thirty bits: is the id longer now?");
    }

    private static Schema empty(String name) {
        return SchemaBuilder.record(name).fields().endRecord();
    }
}
