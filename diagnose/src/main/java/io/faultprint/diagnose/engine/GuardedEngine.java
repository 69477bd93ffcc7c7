package io.faultprint.diagnose.engine;

import io.faultprint.diagnose.engine.Answer.Cost;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's engine with all that stands before a call: the budget, the breaker, and the one place that retries. Nobody
 * below retries by itself, so that attempts add up and never multiply.
 */
public final class GuardedEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedEngine.class);

    private final Engine engine;
    private final Pace pace;
    private final Budget budget;
    private final RandomGenerator random;
    private final CircuitBreaker breaker;

    /**
     * Puts a guard before an engine.
     *
     * @param rest how long an endpoint that failed five calls in a row is left alone
     */
    public GuardedEngine(Engine engine, Pace pace, Budget budget, Duration rest, RandomGenerator random) {
        this.engine = engine;
        this.pace = pace;
        this.budget = budget;
        this.random = random;
        this.breaker = CircuitBreaker.of(
                engine.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(5)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(rest)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        Cost spent = Cost.NOTHING;
        for (int attempt = 1; ; attempt++) {
            if (!breaker.tryAcquirePermission()) {
                return refused("the model's endpoint failed five times in a row and is left alone for now", spent);
            }
            if (!budget.take()) {
                breaker.releasePermission();
                return refused("the budget of " + budget.perHour() + " model calls an hour is used up", spent);
            }
            Answer answer = call(question);
            spent = spent.plus(answer.cost());
            if (answer instanceof Answer.Proposed proposed) {
                return new Answer.Proposed(proposed.claims(), proposed.model(), spent);
            }
            Answer.Unavailable failure = (Answer.Unavailable) answer;
            Optional<Duration> wait =
                    failure.again() ? pace.wait(attempt, failure.retryAfter(), random.nextDouble()) : Optional.empty();
            if (wait.isEmpty()) {
                return new Answer.Unavailable(failure.reason(), false, Optional.empty(), spent);
            }
            LOG.info(
                    "model call {} for {} failed ({}); again in {}",
                    attempt,
                    question.cluster(),
                    failure.reason(),
                    wait.get());
            TimeUnit.MILLISECONDS.sleep(wait.get().toMillis());
        }
    }

    private Answer call(Question question) throws InterruptedException {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            Answer answer = engine.ask(question);
            answered = answer instanceof Answer.Proposed;
            return answer;
        } finally {
            long nanos = System.nanoTime() - start;
            if (answered) {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException("no usable answer"));
            }
        }
    }

    private static Answer refused(String reason, Cost spent) {
        return new Answer.Unavailable(reason, false, Optional.empty(), spent);
    }
}
