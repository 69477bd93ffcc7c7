package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.runtime.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            signature                 | faultprint: signature: unknown command (did you mean signatures?)
            --halp                    | faultprint: --halp: unknown option (did you mean --help?)
            up --dta x                | faultprint up: --dta: unknown option (did you mean --data?)
            up --data                 | faultprint up: --data: needs a value; faultprint up --help shows what it takes
            up now                    | faultprint up: now: unexpected argument; faultprint up --help shows what it takes
            signatures --limit many   | faultprint signatures: --limit many: must be a whole number; faultprint signatures --help shows what it takes
            signatures --limit 0      | faultprint signatures: --limit 0: must be at least 1 (default 2000)
            signatures nowhere.log    | faultprint signatures: nowhere.log: there is no such file
            signatures src            | faultprint signatures: src: is a directory; give files
            """)
    void badInputIsRefusedInOneLineWithItsMend(String line, String message) {
        Command command = Command.run(line.split(" "));

        assertThat(command.err()).isEqualTo(message + "\n");
        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
        assertThat(command.out()).isEmpty();
    }

    @Test
    void everyCommandHasHelp() {
        for (String name : List.of("up", "signatures")) {
            Command command = Command.run(name, "--help");

            assertThat(command.code()).as(name).isEqualTo(ExitCode.OK);
            assertThat(command.out()).as(name).contains("Usage: faultprint " + name, "--help");
        }
    }

    @Test
    void withoutACommandItShowsTheCommands() {
        Command command = Command.run();

        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
        assertThat(command.out()).contains("up ", "signatures ");
    }
}
