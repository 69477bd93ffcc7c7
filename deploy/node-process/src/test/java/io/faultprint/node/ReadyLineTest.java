package io.faultprint.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyLineTest {

    @Test
    void whatTheChildWritesTheParentReads() {
        assertThat(ReadyLine.parse(new ReadyLine(9092).text())).contains(new ReadyLine(9092));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "READY", "READY {\"port\":}", "not READY {\"port\":1}", "READY {\"port\":1234567890}"})
    void anythingElseIsNotReady(String line) {
        assertThat(ReadyLine.parse(line)).isEmpty();
    }
}
