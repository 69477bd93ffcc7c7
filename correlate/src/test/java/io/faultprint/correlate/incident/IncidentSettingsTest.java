package io.faultprint.correlate.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.correlate.cluster.ClusterSettings;
import org.junit.jupiter.api.Test;

class IncidentSettingsTest {

    private static final IncidentSettings DEFAULT = IncidentSettings.DEFAULT;

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(DEFAULT.medium()).isEqualTo(3.5);
        assertThat(DEFAULT.strong()).isEqualTo(6);
        assertThat(DEFAULT.calmWindows()).isEqualTo(6);
        assertThat(DEFAULT.clusters().similarity()).isEqualTo(0.55);
    }

    @Test
    void aMistakeIsNamedWithItsValueAndItsMend() {
        assertThatThrownBy(() -> DEFAULT.withStrengths(5, 4))
                .hasMessageContaining("medium 5.0, strong 4.0")
                .hasMessageContaining("default 3.5, 6");
        assertThatThrownBy(() -> DEFAULT.withStrengths(Double.NaN, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DEFAULT.withCalmWindows(0)).hasMessageContaining("calm windows 0");
        assertThatThrownBy(() -> new ClusterSettings(4, 3, 0.5, 0.1, 1, 1)).hasMessageContaining("4 quiet windows");
        assertThatThrownBy(() -> new ClusterSettings(3, 6, 1.5, 0.1, 1, 1)).hasMessageContaining("similarity 1.5");
        assertThatThrownBy(() -> new IncidentSettings.Caps(0, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("one is 0");
    }
}
