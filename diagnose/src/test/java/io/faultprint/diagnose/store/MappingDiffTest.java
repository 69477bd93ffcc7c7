package io.faultprint.diagnose.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MappingDiffTest {

    @Test
    void aFieldThatIsNotThereIsToBeAddedAlsoInsideAnother() throws Exception {
        MappingDiff diff = MappingDiff.of(
                mapping(
                        "'a': {'type': 'keyword'}, 'o': {'properties': {'b': {'type': 'long'}, 'c': {'type': 'date'}}}"),
                mapping("'o': {'properties': {'b': {'type': 'long'}}}"));

        assertThat(diff.added()).containsExactly("a", "o.c");
        assertThat(diff.conflicts()).isEmpty();
    }

    @Test
    void anotherTypeIsAConflictWithBothTypes() throws Exception {
        MappingDiff diff = MappingDiff.of(
                mapping("'a': {'type': 'keyword'}, 'o': {'properties': {'b': {'type': 'long'}}}"),
                mapping("'a': {'type': 'text'}, 'o': {'type': 'keyword'}"));

        assertThat(diff.conflicts())
                .containsExactly("field a is text, must be keyword", "field o is keyword, must be object");
        assertThat(diff.added()).isEmpty();
    }

    @Test
    void whatIsThereBesidesAndHowTheNodeWritesItMakesNoDifference() throws Exception {
        assertThat(MappingDiff.of(
                                mapping("'o': {'properties': {}}"),
                                mapping("'old': {'type': 'keyword'}, 'o': {'type': 'object'}"))
                        .none())
                .isTrue();
    }

    private static JsonNode mapping(String properties) throws JsonProcessingException {
        return new ObjectMapper().readTree(("{'properties': {" + properties + "}}").replace('\'', '"'));
    }
}
