package io.faultprint.evaluate.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.scenario.plan.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CausesTest {

    @ParameterizedTest
    @CsvSource({
        "code change, CODE_CHANGE",
        "feature flag, FEATURE_FLAG",
        "resource exhaustion (file handles), RESOURCE_FILE_HANDLES",
        "dependency (external), DEPENDENCY_EXTERNAL",
        "network (dns), NETWORK_DNS",
        "certificate or credential, CERTIFICATE_OR_CREDENTIAL",
        "load, LOAD",
    })
    void asTheContractWritesThem(String words, CauseCategory category) {
        assertThat(Causes.of(words)).contains(category);
        assertThat(Causes.words(category)).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindOfSimulatedFaultHasACategory(FaultKind kind) {
        assertThat(Causes.of(kind.category())).isPresent();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(Causes.of("Code change")).isEmpty();
        assertThat(Causes.of("")).isEmpty();
    }
}
