package io.faultprint.correlate.incident;

import static io.faultprint.correlate.incident.Story.at;

import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Surprise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Telemetry of a few services in which things go wrong by chance, the same for the same seed. */
public final class RandomStory {

    private static final String[] SERVICES = {"web", "orders", "search", "db", "mail", "jobs/nightly"};
    private static final int[][] CALLS = {{1, 2}, {3, 4}, {3}, {}, {}, {4}};

    private RandomStory() {}

    /** The digests of this many windows, by window and service. */
    public static List<Digest> of(long seed, int windows, String... environments) {
        Random random = new Random(seed);
        List<Digest> digests = new ArrayList<>();
        for (String environment : environments) {
            int[] trouble = new int[SERVICES.length];
            for (int window = 0; window < windows; window++) {
                for (int s = 0; s < SERVICES.length; s++) {
                    trouble[s] = trouble[s] > 0 ? trouble[s] - 1 : random.nextInt(12) == 0 ? 1 + random.nextInt(4) : 0;
                    digests.add(telling(random, window, s, trouble[s] > 0)
                            .in(environment)
                            .digest());
                }
            }
        }
        return digests;
    }

    private static Story.Telling telling(Random random, int window, int s, boolean trouble) {
        Story.Telling telling = trouble
                ? Story.odd(window, SERVICES[s], 3 + random.nextInt(6), surprises(random, window))
                : Story.calm(window, SERVICES[s]);
        for (int callee : CALLS[s]) {
            telling.calls(SERVICES[callee]);
        }
        if (random.nextInt(20) == 0) {
            telling.changed(Story.deploy(SERVICES[s], "chg-" + window, at(window)));
        }
        return random.nextInt(30) == 0 ? telling.blind() : random.nextInt(30) == 0 ? telling.learning() : telling;
    }

    private static Surprise[] surprises(Random random, int window) {
        Surprise[] surprises = new Surprise[1 + random.nextInt(3)];
        for (int i = 0; i < surprises.length; i++) {
            double score = 2 + random.nextInt(70) / 10.0;
            long onset = at(window) + random.nextInt(10_000);
            surprises[i] = switch (random.nextInt(5)) {
                case 0 -> Story.newError("sig1-" + random.nextInt(5), score, onset);
                case 1 -> Story.errors("sig1-" + random.nextInt(5), score, onset);
                case 2 -> Story.slow("GET /" + random.nextInt(3), score, onset);
                case 3 -> Story.failing("GET /" + random.nextInt(3), score, onset);
                default -> Story.high("cpu{pod=" + random.nextInt(3) + "}", score, onset);
            };
        }
        return surprises;
    }
}
