package io.faultprint.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StageMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean closed;

    @Test
    void anUnknownKeyEndsWithUsageAndOneLine() {
        int code = run(() -> Health.ready(""), "--http.prot=1");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8))
                .isEqualTo("faultprint sample: --http.prot: unknown key (did you mean --http.port?)\n");
    }

    @Test
    void aMistakeFoundAtTheStartEndsWithUsageAndClosesTheStage() {
        int code = run(() -> {
            throw new UsageError("http.port 4318: in use; choose another");
        });

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8)).isEqualTo("faultprint sample: http.port 4318: in use; choose another\n");
        assertThat(closed).isTrue();
    }

    /** A supervisor must not take an outage for a mistake that no restart mends. */
    @Test
    void whatDoesNotAnswerAtTheStartEndsWithFailureAndOneLine() {
        int code = run(() -> {
            throw new Unreachable("kafka 127.0.0.1:1: no broker answers there", new IllegalStateException());
        });

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(UTF_8)).isEqualTo("faultprint sample: kafka 127.0.0.1:1: no broker answers there\n");
        assertThat(closed).isTrue();
    }

    @Test
    void aDefectAtTheStartEndsWithFailure() {
        int code = run(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(UTF_8)).contains("broken").doesNotContain("\tat ");
        assertThat(closed).isTrue();
    }

    @Test
    void aStageThatDiesEndsTheProcessWithFailure() {
        int code = run(() -> Health.dead("the broker refused us"));

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(UTF_8)).contains("cannot go on: the broker refused us");
        assertThat(closed).isTrue();
    }

    @Test
    void theEffectiveConfigurationCanBePrintedWithoutAStart() {
        int code = run(() -> Health.dead("not reached"), "--http.port=1", "--print-config");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString(UTF_8)).contains("http.port: 1 # flag\n", "admin.port: 0 # default\n");
    }

    @Test
    void helpNamesTheKeysOfTheStageAndOfTheProcess() {
        assertThat(run(() -> Health.ready(""), "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString(UTF_8)).contains("--http.port", "--admin.port", "FAULTPRINT_SAMPLE_HTTP_PORT");
    }

    /** @param life asked once at the start, and again at each check */
    private int run(Supplier<Health> life, String... args) {
        return StageMain.run(
                "sample",
                List.of(args),
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                SampleConfig.class,
                (config, meters) -> new Stage() {
                    @Override
                    public void start() {
                        Health unused = life.get();
                    }

                    @Override
                    public Health check() {
                        return life.get();
                    }

                    @Override
                    public void close() {
                        closed = true;
                    }
                });
    }
}
