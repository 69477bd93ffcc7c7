package io.faultprint.benchmarks.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Rounds in which several things are measured one after the other. Another one leads in each round, so that none always
 * finds the machine warmer; one round before the first warms this JVM and the broker, and is left out.
 *
 * @param count rounds that count
 */
public record Rounds(int count) {

    /** Makes ready what all contenders of a round share; not measured. */
    public interface Preparation<P> {
        P before(int round) throws IOException, ExecutionException, InterruptedException;
    }

    /** One of those that take turns. */
    public interface Contender<P, T> {
        T measure(P prepared) throws IOException, ExecutionException, InterruptedException;
    }

    public Rounds {
        if (count < 1) {
            throw new IllegalArgumentException(count + " rounds: must be 1 or more");
        }
    }

    /** The values of each contender, in the order of the contenders, and of each in the order of the rounds. */
    public <P, T> List<List<T>> run(Preparation<P> preparation, List<Contender<P, T>> contenders)
            throws IOException, ExecutionException, InterruptedException {
        List<List<T>> all = new ArrayList<>();
        contenders.forEach(contender -> all.add(new ArrayList<>()));
        for (int round = 0; round <= count; round++) {
            P prepared = preparation.before(round);
            for (int turn = 0; turn < contenders.size(); turn++) {
                int who = (round + turn) % contenders.size();
                T value = contenders.get(who).measure(prepared);
                if (round > 0) {
                    all.get(who).add(value);
                }
            }
        }
        return all;
    }
}
