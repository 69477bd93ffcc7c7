package io.faultprint.notify.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md that verifies a signature takes what we sign, and nothing else. */
class SignatureDocTest {

    @TempDir
    Path directory;

    @Test
    void itTakesOursAndNothingChangedOldOrUnderAnotherSecret() throws Exception {
        Method valid = compiled();
        String secret = UUID.randomUUID().toString();
        byte[] body = "{\"version\":1,\"ü\":2}".getBytes(UTF_8);
        String signature = new Signature(secret).of("1700000000", body);
        long now = 1_700_000_100;

        assertThat(valid.invoke(null, secret, "1700000000", signature, body, now))
                .isEqualTo(true);
        assertThat(valid.invoke(null, secret, "1700000000", signature, "{}".getBytes(UTF_8), now))
                .isEqualTo(false);
        assertThat(valid.invoke(null, secret, "1700000001", signature, body, now))
                .isEqualTo(false);
        assertThat(valid.invoke(null, secret + "x", "1700000000", signature, body, now))
                .isEqualTo(false);
        assertThat(valid.invoke(null, secret, "1700000000", signature, body, now + 1_000))
                .isEqualTo(false);
        assertThat(valid.invoke(null, secret, "soon", signature, body, now)).isEqualTo(false);
        assertThat(valid.invoke(null, secret, null, null, body, now)).isEqualTo(false);
    }

    private Method compiled() throws Exception {
        String readme =
                Files.readString(Path.of(System.getProperty("faultprint.root", "../.."), "deploy/notify/README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).isTrue();
        Path source = Files.writeString(directory.resolve("FaultprintSignature.java"), block.group(1));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass("FaultprintSignature")
                    .getMethod("valid", String.class, String.class, String.class, byte[].class, long.class);
        }
    }
}
