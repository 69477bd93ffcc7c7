package io.faultprint.benchmarks.measure;

import io.faultprint.benchmarks.measure.Rounds.Contender;
import io.faultprint.benchmarks.measure.Rounds.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/**
 * Throughput and CPU of one thing beside others: events per second, CPU-seconds of this process per million events, and of
 * both the ratio of each round.
 *
 * @param <P> what the contenders of a round share
 */
public final class Contest<P> {

    private final List<String> names = new ArrayList<>();
    private final List<Contender<P, Stretch>> contenders = new ArrayList<>();

    /** The first is compared with each of the others. */
    public Contest<P> with(String name, Contender<P, Stretch> contender) {
        names.add(name);
        contenders.add(contender);
        return this;
    }

    /** Runs all rounds of the ground. */
    public Result run(Ground ground, Preparation<P> preparation)
            throws IOException, ExecutionException, InterruptedException {
        List<List<Stretch>> stretches = ground.rounds().run(preparation, told(ground));
        List<Measure> measures = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Double> rates = each(stretches.get(i), Stretch::eventsPerSecond);
            List<Double> costs = each(stretches.get(i), Stretch::cpuSecondsPerMillion);
            measures.add(new Measure(names.get(i), "events/s", rates));
            measures.add(new Measure(names.get(i), "CPU-s per million events", costs));
            if (i > 0) {
                String pair = names.get(0) + " / " + names.get(i);
                comparisons.add(
                        Comparison.of(pair + ", events/s", measures.get(0).values(), rates));
                comparisons.add(Comparison.of(pair + ", CPU", measures.get(1).values(), costs));
            }
        }
        return new Result(measures, comparisons);
    }

    private List<Contender<P, Stretch>> told(Ground ground) {
        List<Contender<P, Stretch>> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Contender<P, Stretch> contender = contenders.get(i);
            all.add(prepared -> {
                ground.tell(name);
                return contender.measure(prepared);
            });
        }
        return all;
    }

    private static List<Double> each(List<Stretch> stretches, ToDoubleFunction<Stretch> figure) {
        return stretches.stream().mapToDouble(figure).boxed().toList();
    }
}
