package io.faultprint.benchmarks;

import io.faultprint.correlate.signature.MaskedLine;
import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.signature.Resolution;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SignatureTree;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an unknown wording costs in a tree of so many templates: each operation is one that no template takes, which is
 * all that can be asked of the tree. The heap that a template takes is printed when the tree is made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TemplatesBenchmark {

    private static final int VOCABULARY = 5_000;
    private static final int ASKED = 8_192;

    @Param({"100", "1000", "10000", "100000"})
    private int templates;

    private SignatureTree tree = new SignatureTree(SignatureLimits.DEFAULT);
    private final MaskedLine[] unknown = new MaskedLine[ASKED];
    private int next;

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(templates);
        Masker masker = new Masker();
        long before = used();
        tree = new SignatureTree(new SignatureLimits(templates, 16));
        while (tree.size() < templates) {
            tree.resolve(masker.mask(line(random)));
        }
        System.out.printf("%d templates: %d bytes of heap each%n", templates, (used() - before) / templates);
        for (int i = 0; i < ASKED; i++) {
            unknown[i] = masker.mask(line(random));
        }
    }

    @Benchmark
    public Resolution unknownWording() {
        next = next + 1 == ASKED ? 0 : next + 1;
        return tree.resolve(unknown[next], false);
    }

    /** Six to ten plain words, some with a number among them: 70 characters or so, as log messages have. */
    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        int words = 6 + random.nextInt(5);
        for (int i = 0; i < words; i++) {
            line.append(i == 0 ? "" : " ").append(word(random.nextInt(VOCABULARY)));
            if (random.nextInt(4) == 0) {
                line.append(' ').append(random.nextInt(1_000));
            }
        }
        return line.toString();
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + 500; rest > 0; rest /= 20) {
            word.append("bcdfghjklmnpqrstvwxz".charAt(rest % 20)).append(word.length() % 2 == 0 ? "a" : "i");
        }
        return word.toString();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
