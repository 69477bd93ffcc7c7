package io.faultprint.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.local.show.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Runs one command line in this process, with its output caught. */
record Command(int code, String out, String err) {

    static Command run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, Style.PLAIN);
        int code = new Cli(terminal).run(args);
        return new Command(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
