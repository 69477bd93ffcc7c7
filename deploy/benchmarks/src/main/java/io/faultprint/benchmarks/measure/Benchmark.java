package io.faultprint.benchmarks.measure;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** One thing that is measured, under a name that a command line can give. */
public interface Benchmark {

    /** One lower-case word. */
    String name();

    /** What is measured, in one line. */
    String about();

    /** Measures, in as many rounds and with as many events as the ground says. */
    Result run(Ground ground) throws IOException, ExecutionException, InterruptedException;
}
