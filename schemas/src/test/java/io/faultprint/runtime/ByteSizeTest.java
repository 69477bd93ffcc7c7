package io.faultprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"0,0,0B", "512B,512,512B", "64KiB,65536,64KiB", "1.5 MiB,1572864,1536KiB", "2gib,2147483648,2GiB"})
    void aSizeIsReadAndWritten(String text, long bytes, String written) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(ByteSize.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "MiB", "1XB", "999999999999999999TiB", "1.3B", "1e3"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
