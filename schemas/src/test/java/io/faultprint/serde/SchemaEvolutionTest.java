package io.faultprint.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.serde.CommittedSchemas.Version;
import io.faultprint.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record type may change only so that everything ever written with a committed version stays readable (Confluent's
 * BACKWARD_TRANSITIVE). README.md says how to record a new version.
 */
class SchemaEvolutionTest {

    @BeforeAll
    static void recordWhenAsked() {
        String asked = System.getProperty(CommittedSchemas.PROPERTY, "");
        assertThat(asked)
                .as(CommittedSchemas.PROPERTY + ": true adds a version, replace rewrites the newest")
                .isIn("", "true", "replace");
        if (!asked.isEmpty()) {
            CommittedSchemas.record(current(), asked.equals("replace"));
        }
    }

    static List<Schema> current() {
        return Topics.recordTypes().stream().map(RandomRecords::schema).toList();
    }

    static Stream<Version> committed() {
        return CommittedSchemas.byType().values().stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("current")
    void theCurrentSchemaIsTheNewestCommittedVersion(Schema schema) {
        List<Version> versions = CommittedSchemas.byType().getOrDefault(schema.getFullName(), List.of());

        assertThat(versions)
                .as(schema.getFullName() + ": no version is committed; record it: " + CommittedSchemas.COMMAND + "true")
                .isNotEmpty();
        Version newest = versions.get(versions.size() - 1);
        assertThat(CommittedSchemas.same(newest.schema(), schema))
                .as(
                        "%s: differs from version %d; record the next: %strue, or while no release has written version %d: %sreplace"
                                .formatted(
                                        schema.getFullName(),
                                        newest.number(),
                                        CommittedSchemas.COMMAND,
                                        newest.number(),
                                        CommittedSchemas.COMMAND))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("committed")
    void everyCommittedVersionIsReadable(Version version) {
        Schema reader = current().stream()
                .filter(schema -> schema.getFullName().equals(version.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(version.type() + ": was committed once and is gone; what was"
                        + " written with it would be unreadable: keep the type"));

        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, version.schema());

        assertThat(pair.getType())
                .as("%s cannot read version %d: give new fields a default, and keep names and symbols:%n%s"
                        .formatted(
                                version.type(),
                                version.number(),
                                pair.getResult().getIncompatibilities()))
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("committed")
    void whatAnyVersionWroteIsDecodedAsTheCurrentType(Version version) {
        AvroCodec codec = new AvroCodec(
                BundledSchemas.of(Stream.concat(current().stream(), committed().map(Version::schema))
                        .toList()));
        for (GenericRecord old : RandomRecords.of(version.schema(), 50, 17)) {
            SpecificRecord value = codec.decode(RandomRecords.wire(BundledSchemas.idOf(version.schema()), old));

            assertThat(value.getClass().getName()).isEqualTo(version.type());
        }
    }

    @Test
    void versionsAreCountedFromOne() {
        CommittedSchemas.byType().forEach((type, versions) -> {
            assertThat(versions).extracting(Version::number).first().isEqualTo(1);
            for (int i = 0; i < versions.size(); i++) {
                assertThat(versions.get(i).number()).as(type).isEqualTo(i + 1);
                assertThat(versions.get(i).schema().getFullName()).isEqualTo(type);
            }
        });
    }

    @Test
    void idsStayAsTheyWere() {
        assertThat(CommittedSchemas.ids())
                .as(
                        "ids of committed versions: they stand before every record that was ever written, so the way they are"
                                + " made must not change. When a version was recorded, this file is written with it: "
                                + CommittedSchemas.COMMAND + "true")
                .isEqualTo(CommittedSchemas.goldenIds());
    }

    @Test
    void theJarHoldsEveryVersion() {
        if (System.getProperty(CommittedSchemas.PROPERTY, "").isEmpty()) {
            Set<Integer> inJar =
                    SchemaHistory.all().stream().map(BundledSchemas::idOf).collect(Collectors.toSet());

            assertThat(inJar)
                    .isEqualTo(committed()
                            .map(version -> BundledSchemas.idOf(version.schema()))
                            .collect(Collectors.toSet()));
        }
    }
}
