package io.faultprint.diagnose.engine;

import io.faultprint.diagnose.engine.Answer.Cost;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's engine with all that stands before a call: the budget, the breaker, and the one place that retries. Nobody
 * below retries by itself, so that attempts add up and never multiply.
 */
public final class GuardedEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedEngine.class);

    private static final List<CircuitBreaker.State> SHOWN =
            List.of(CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN);

    private final Engine engine;
    private final Pace pace;
    private final Budget budget;
    private final RandomGenerator random;
    private final CircuitBreaker breaker;
    private final Map<CallOutcome, LongAdder> calls = new EnumMap<>(CallOutcome.class);

    /** What became of a wish to call the model. */
    private enum CallOutcome {
        ANSWERED,
        UNUSABLE,
        REFUSED_BY_BREAKER,
        REFUSED_BY_BUDGET
    }

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
        for (CallOutcome outcome : CallOutcome.values()) {
            calls.put(outcome, new LongAdder());
        }
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

    /** Shows the guard: calls by outcome, the breaker and its turns, and what is left of the budget. */
    public GuardedEngine bind(MeterRegistry meters) {
        calls.forEach((outcome, count) -> FunctionCounter.builder("faultprint.model.calls", count, LongAdder::sum)
                .description("Calls to the model that were made or refused, by outcome")
                .tag("outcome", word(outcome))
                .register(meters));
        for (CircuitBreaker.State state : SHOWN) {
            Gauge.builder("faultprint.model.breaker.state", () -> breaker.getState() == state ? 1 : 0)
                    .description("1 for the state that the breaker before the model is in")
                    .tag("state", word(state))
                    .register(meters);
            Counter turns = Counter.builder("faultprint.model.breaker.turns")
                    .description("How often the breaker went into a state")
                    .tag("to", word(state))
                    .register(meters);
            breaker.getEventPublisher().onStateTransition(event -> {
                if (event.getStateTransition().getToState() == state) {
                    turns.increment();
                }
            });
        }
        Gauge.builder("faultprint.model.budget.left", budget, Budget::left)
                .description("Calls that may still be made in this hour")
                .baseUnit("calls")
                .strongReference(true)
                .register(meters);
        return this;
    }

    private void count(CallOutcome outcome) {
        LongAdder adder = calls.get(outcome);
        if (adder != null) {
            adder.increment();
        }
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                count(CallOutcome.REFUSED_BY_BREAKER);
                return refused("the model's endpoint failed five times in a row and is left alone for now", spent);
            }
            if (!budget.take()) {
                breaker.releasePermission();
                count(CallOutcome.REFUSED_BY_BUDGET);
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
            count(answered ? CallOutcome.ANSWERED : CallOutcome.UNUSABLE);
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
