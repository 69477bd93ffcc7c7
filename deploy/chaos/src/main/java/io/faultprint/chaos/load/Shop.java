package io.faultprint.chaos.load;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the services say in health and in trouble. From the first failure on there is one every forty seconds, fifteen
 * seconds long, of five kinds in turn, so that failures are novel at first and come again later.
 */
final class Shop {

    static final List<String> SERVICES = List.of("gateway", "orders", "payments", "stock", "mail");

    /** Learning takes a while; before that nothing is reported. */
    private static final long FIRST_FAILURE_MILLIS = 60_000;

    private static final long EVERY_MILLIS = 40_000;
    private static final long LASTS_MILLIS = 15_000;

    private static final List<Failure> FAILURES = List.of(
            new Failure("payments", "card processor refused the connection: timed out after 3000 ms"),
            new Failure("stock", "deadlock found when trying to get lock on table reservations"),
            new Failure("orders", "could not acquire a connection from the pool within 5 s"),
            new Failure("mail", "SMTP relay answered 554 5.7.1: message rejected"),
            new Failure("payments", "certificate of the ledger service has expired"));

    /** A line that a service says. */
    record Said(String service, int severity, String body) {}

    private record Failure(String service, String words) {}

    private final long begin;
    private volatile boolean hot;

    /**
     * @param begin when the shop opened, epoch milliseconds
     */
    Shop(long begin) {
        this.begin = begin;
    }

    /** A line of some service at that time. */
    Said say(long now, Random random) {
        Failure failure = failure(now);
        if (failure != null && random.nextInt(3) == 0) {
            return new Said(failure.service(), 17, failure.words() + ", attempt " + (1 + random.nextInt(5)));
        }
        String service = hot ? SERVICES.get(0) : SERVICES.get(random.nextInt(SERVICES.size()));
        return switch (random.nextInt(12)) {
            case 0 -> new Said(service, 13, "slow answer from a neighbour: " + (200 + random.nextInt(900)) + " ms");
            case 1, 2 -> new Said(service, 9, "cache refreshed, " + random.nextInt(500) + " entries");
            default ->
                new Said(
                        service,
                        9,
                        "request " + random.nextInt(1_000_000) + " served in " + random.nextInt(90) + " ms");
        };
    }

    /** Whether the first service says whatever has nothing to do with a failure. */
    void hot(boolean on) {
        hot = on;
    }

    /** Whether calls to a service fail at that time. */
    boolean fails(String service, long now) {
        Failure failure = failure(now);
        return failure != null && failure.service().equals(service);
    }

    private @Nullable Failure failure(long now) {
        long since = now - begin - FIRST_FAILURE_MILLIS;
        if (since < 0 || since % EVERY_MILLIS >= LASTS_MILLIS) {
            return null;
        }
        return FAILURES.get((int) (since / EVERY_MILLIS % FAILURES.size()));
    }
}
