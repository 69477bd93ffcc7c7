package io.faultprint.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Stamp;
import org.junit.jupiter.api.Test;

/** An oracle that never complains would be none: each thing that can go wrong is done, and must be told. */
class EventChecksTest {

    private final Telling run = new Telling();

    @Test
    void aRunInWhichAllIsAsSentBreaksNothing() {
        run.log(1, "orders", "b1");
        run.log(2, "orders", "b1");
        run.log(3, "mail", "b1");
        run.snapshot("orders", 2);
        run.snapshot("mail", 1);
        run.tick(3, 0, 0);

        assertThat(run.broken()).isEmpty();
    }

    @Test
    void anAcknowledgedEventThatIsNotInItsTopicIsTold() {
        Stamp lost = new Stamp("s1", 7);
        run.book.made(Book.Kind.LOGS, lost, "orders", Telling.WINDOW);
        run.book.acknowledged(Book.Kind.LOGS, lost);

        assertThat(run.broken()).singleElement().asString().contains("acknowledged and not in the topic", "s1-7");
    }

    @Test
    void anEventThatWasMadeAndNeverAcknowledgedMayBeMissing() {
        run.book.made(Book.Kind.LOGS, new Stamp("s1", 7), "orders", Telling.WINDOW);

        assertThat(run.broken()).isEmpty();
    }

    @Test
    void anEventThatNobodyMadeIsTold() {
        run.stored(9, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(1, 0, 0);

        assertThat(run.broken()).singleElement().asString().contains("nobody made", "s1-9");
    }

    @Test
    void aLineTooFewOrTooManyInASnapshotIsTold() {
        run.log(1, "orders", "b1");
        run.log(2, "mail", "b1");
        run.snapshot("orders", 2);
        run.tick(2, 0, 0);

        assertThat(run.broken())
                .singleElement()
                .asString()
                .contains("counts per service and window are as sent: 2 wrong");
    }

    @Test
    void aWindowThatIsSaidTwiceIsTold() {
        run.log(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.snapshot("orders", 0);
        run.tick(1, 0, 0);

        assertThat(run.broken()).singleElement().asString().contains("two snapshots");
    }

    @Test
    void countsInTicksThatAreNotThoseOfTheTopicAreTold() {
        run.log(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(2, 0, 0);

        assertThat(run.broken()).singleElement().asString().contains("the ticks say in 2", "the topics in 1");
    }

    @Test
    void theSecondOfABatchIsADuplicateAndCountsOnce() {
        run.log(1, "orders", "b1");
        run.posted(1, 1);
        run.stored(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(1, 0, 1);

        assertThat(run.broken()).isEmpty();
    }

    @Test
    void aBatchIsForgottenWhenItsPartitionHasComePastItsWindows() {
        long end = Telling.END;
        run.ahead(1, "orders", "b1", Telling.WINDOW);
        run.posted(1, 1);
        run.promised(end - 1);
        run.stored(1, "orders", "b1", end);
        run.promised(end);
        run.stored(1, "orders", "b1", end);
        run.snapshot("orders", 1);
        run.snapshot("orders", 1, end);
        run.tick(2, 0, 1);

        assertThat(run.broken()).isEmpty();
    }

    @Test
    void aLateEventCountsInNoWindowAndIsToldOnce() {
        run.promised(Telling.END);
        Place late = run.log(1, "orders", "b1");
        run.refused("late", late);
        run.tick(0, 1, 0);
        assertThat(run.broken()).isEmpty();

        run.refused("late", late);

        assertThat(run.broken()).singleElement().asString().contains("more than once");
    }

    @Test
    void aGoodEventAmongTheDeadLettersIsTold() {
        Place good = run.log(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(1, 0, 0);
        run.refused("dead-letters", good);

        assertThat(run.broken()).singleElement().asString().contains("no good event is refused");
    }

    @Test
    void anEventUnderAnotherServiceOrAtAnotherTimeIsTold() {
        run.book.made(Book.Kind.LOGS, new Stamp("s1", 1), "orders", Telling.WINDOW + 2);
        run.posted(1, 1);
        run.stored(1, "mail", "b1");
        run.snapshot("mail", 1);
        run.tick(1, 0, 0);

        assertThat(run.broken()).singleElement().asString().contains("2 do not", "was orders's and is mail's");
    }

    @Test
    void anEventThatStandsThereMoreOftenThanItWasPostedIsTold() {
        run.log(1, "orders", "b1");
        run.stored(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(1, 0, 1);

        assertThat(run.broken()).singleElement().asString().contains("posted 1 times and stands there 2 times");
    }

    @Test
    void aGoodEventThatIsCalledLateIsTold() {
        run.promised(Telling.END - 1);
        run.refused("late", run.log(1, "orders", "b1"));
        run.tick(0, 1, 0);

        assertThat(run.broken()).singleElement().asString().contains("is called late");
    }

    @Test
    void aLateEventThatIsCountedIsTold() {
        run.promised(Telling.END);
        run.log(1, "orders", "b1");
        run.snapshot("orders", 1);
        run.tick(1, 0, 0);

        assertThat(run.broken()).singleElement().asString().contains("is called in time");
    }

    @Test
    void aServiceThatSpokeAndIsCalledSilentIsToldEvenIfAllItSaidWasLate() {
        run.promised(Telling.END);
        run.refused("late", run.log(1, "orders", "b1"));
        run.tick(0, 1, 0);
        run.silent("mail");
        assertThat(run.broken()).isEmpty();

        run.silent("orders");

        assertThat(run.broken()).singleElement().asString().contains("called silent");
    }
}
