package io.faultprint.chaos.load;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All senders: three that give batch ids, one that does not, one whose clock is a day ahead and one whose clock is a day
 * behind. The last two speak only while they are switched on.
 */
public final class Load implements AutoCloseable {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Book book = new Book();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong slowest = new AtomicLong();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final int perSecond;
    private final Shop shop;
    private volatile int factor = 1;
    private volatile boolean clockAhead;
    private volatile boolean clockBehind;

    /**
     * @param door where ingest listens
     * @param perSecond events a second, over all senders
     */
    public Load(URI door, long seed, int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        Random random = new Random(seed);
        this.shop = new Shop(clock.millis());
        for (int i = 1; i <= 4; i++) {
            Maker maker = new Maker("s" + i, i < 4, 0, shop, book, new Random(random.nextLong()));
            add(new Sender(door, maker, book, clock, () -> this.perSecond / 4 * factor, this::took));
        }
        Maker ahead = new Maker("ahead1", true, DAY_MILLIS, shop, book, new Random(random.nextLong()));
        add(new Sender(door, ahead, book, clock, () -> clockAhead ? 20 : 0, this::took));
        Maker behind = new Maker("behind1", true, -DAY_MILLIS, shop, book, new Random(random.nextLong()));
        add(new Sender(door, behind, book, clock, () -> clockBehind ? 20 : 0, this::took));
    }

    private void add(Sender sender) {
        senders.add(sender);
        Thread thread = new Thread(sender, "sender-" + senders.size());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, problem) -> problems.add(where.getName() + ": " + problem));
        threads.add(thread);
    }

    private void took(long millis) {
        slowest.accumulateAndGet(millis, Math::max);
    }

    /** Begins to send. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** So many times the usual load. */
    public void times(int newFactor) {
        factor = newFactor;
    }

    /** Whether one service says all lines, so that all of them go into one partition. */
    public void hot(boolean on) {
        shop.hot(on);
    }

    public void clockAhead(boolean on) {
        clockAhead = on;
    }

    public void clockBehind(boolean on) {
        clockBehind = on;
    }

    /** Every sender sends its latest requests once more. */
    public void again() {
        senders.forEach(Sender::again);
    }

    /** Makes no more events; returns whether all that was queued is taken. */
    public boolean drained() {
        senders.forEach(Sender::makeNoMore);
        return senders.stream().allMatch(Sender::done);
    }

    public Book book() {
        return book;
    }

    /** Events that nobody acknowledged and no sender tries any more. */
    public long givenUp() {
        return senders.stream().mapToLong(Sender::givenUp).sum();
    }

    /** What ended a sender: an answer that no fault explains. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The longest that a sender waited for an answer, in milliseconds. */
    public long slowestMillis() {
        return slowest.get();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
