package io.faultprint.benchmarks;

import io.faultprint.correlate.signature.Masker;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.correlate.signature.SignatureTree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a line costs: each operation is one line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {

    private final Masker masker = new Masker();
    private final SignatureTree tree = new SignatureTree(new SignatureLimits(100_000, 1_000));
    private String[] lines = {};
    private int next;

    @Setup
    public void load() throws IOException {
        List<String> read = BenchmarkLines.load();
        lines = read.toArray(String[]::new);
        read.forEach(line -> tree.resolve(masker.mask(line)));
    }

    private String line() {
        next = next + 1 == lines.length ? 0 : next + 1;
        return lines[next];
    }

    @Benchmark
    public boolean knownLine() {
        return tree.known(masker.scan(line())).isPresent();
    }

    @Benchmark
    public long scan() {
        return masker.scan(line());
    }

    /** A walk over the words, each hashed: the floor under any miner. */
    @Benchmark
    public long tokenise() {
        String line = line();
        long words = 0;
        long hash = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ') {
                words += hash;
                hash = 0;
            } else {
                hash = hash * 31 + c;
            }
        }
        return words + hash;
    }
}
