package io.faultprint.diagnose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.engine.Answer.Cost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardedEngineTest {

    private static final Question QUESTION = new Question("shop", "clu1-1", 1, "inc1-1", 0, List.of());
    private static final Answer GOOD = new Answer.Proposed(List.of(), Optional.of("m"), new Cost(1, 10, 5));
    private static final Pace PACE = new Pace(3, Duration.ofMillis(1), Duration.ofMillis(5));

    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private int calls;

    private final Engine scripted = new Engine() {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Answer ask(Question question) {
            calls++;
            return answers.removeFirst();
        }
    };

    @Test
    void aFailureThatMayPassIsTriedAgainAndEveryCallIsCounted() throws InterruptedException {
        answers.addAll(List.of(failed(true), failed(true), GOOD));

        Answer answer = engine(100).ask(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Proposed.class);
        assertThat(answer.cost()).isEqualTo(new Cost(3, 10, 5));
    }

    @Test
    void thereIsOneRetryAuthorityWithABound() throws InterruptedException {
        answers.addAll(List.of(failed(true), failed(true), failed(true), GOOD));

        assertThat(engine(100).ask(QUESTION)).isInstanceOf(Answer.Unavailable.class);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void aFailureThatStaysIsNotTriedAgain() throws InterruptedException {
        answers.addAll(List.of(failed(false), GOOD));

        assertThat(engine(100).ask(QUESTION)).isInstanceOf(Answer.Unavailable.class);
        assertThat(calls).isOne();
    }

    @Test
    void theBudgetEndsTheCallsAndSaysSo() throws InterruptedException {
        answers.addAll(List.of(GOOD, GOOD));
        GuardedEngine engine = engine(1);

        engine.ask(QUESTION);
        Answer second = engine.ask(QUESTION);

        assertThat(((Answer.Unavailable) second).reason()).contains("budget of 1 model calls an hour");
        assertThat(second.cost().calls()).isZero();
    }

    @Test
    void aBudgetFillsUpAgainAfterAnHour() {
        Instant[] now = {Instant.EPOCH};
        Budget budget = new Budget(1, () -> now[0]);

        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
        now[0] = Instant.EPOCH.plus(Duration.ofHours(1));
        assertThat(budget.take()).isTrue();
    }

    @Test
    void anEndpointThatFailedFiveTimesIsLeftAlone() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            answers.add(failed(false));
        }
        GuardedEngine engine = engine(100);
        for (int i = 0; i < 5; i++) {
            engine.ask(QUESTION);
        }

        Answer.Unavailable refused = (Answer.Unavailable) engine.ask(QUESTION);

        assertThat(refused.reason()).contains("left alone");
        assertThat(calls).isEqualTo(5);
    }

    @Test
    void theGuardIsSeenFromOutside() throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        answers.add(GOOD);
        for (int i = 0; i < 5; i++) {
            answers.add(failed(false));
        }
        GuardedEngine engine = engine(7).bind(meters);
        assertThat(meters.get("faultprint.model.breaker.state")
                        .tag("state", "closed")
                        .gauge()
                        .value())
                .isEqualTo(1);

        for (int i = 0; i < 7; i++) {
            engine.ask(QUESTION);
        }

        assertThat(meters.get("faultprint.model.calls")
                        .tag("outcome", "answered")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("faultprint.model.calls")
                        .tag("outcome", "unusable")
                        .functionCounter()
                        .count())
                .isEqualTo(5);
        assertThat(meters.get("faultprint.model.calls")
                        .tag("outcome", "refused-by-breaker")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("faultprint.model.breaker.state")
                        .tag("state", "open")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("faultprint.model.breaker.turns")
                        .tag("to", "open")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("faultprint.model.budget.left").gauge().value()).isEqualTo(1);
    }

    @Test
    void waitsGrowAreShortenedAtRandomAndHonourTheEndpoint() {
        Pace pace = new Pace(5, Duration.ofSeconds(1), Duration.ofSeconds(10));

        assertThat(pace.wait(1, Optional.empty(), 0)).contains(Duration.ofSeconds(1));
        assertThat(pace.wait(2, Optional.empty(), 0)).contains(Duration.ofSeconds(2));
        assertThat(pace.wait(4, Optional.empty(), 0.5)).contains(Duration.ofSeconds(6));
        assertThat(pace.wait(1, Optional.of(Duration.ofSeconds(7)), 0.9)).contains(Duration.ofSeconds(7));
        assertThat(pace.wait(1, Optional.of(Duration.ofMinutes(7)), 0)).isEmpty();
        assertThat(pace.wait(5, Optional.empty(), 0)).isEmpty();
    }

    private GuardedEngine engine(int perHour) {
        return new GuardedEngine(
                scripted,
                PACE,
                new Budget(perHour, () -> Instant.EPOCH),
                Duration.ofMinutes(1),
                new SplittableRandom(1));
    }

    private static Answer failed(boolean again) {
        return new Answer.Unavailable("HTTP 500", again, Optional.empty(), new Cost(1, 0, 0));
    }
}
