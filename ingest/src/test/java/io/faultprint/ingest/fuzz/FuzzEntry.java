package io.faultprint.ingest.fuzz;

/** Where Jazzer comes in; the system property {@code fuzz.target} says for what. */
public final class FuzzEntry {

    private static final FuzzTarget TARGET = FuzzTarget.named(System.getProperty("fuzz.target", ""));

    private FuzzEntry() {}

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }
}
