package io.faultprint.scenario.world;

import java.util.function.DoubleSupplier;

/** Something that arrives at random moments at a rate that may change, until it is stopped. */
final class Stream {

    private static final double LOOK_AGAIN_MS = 500;

    private final Agenda agenda;
    private final Draw draw;
    private final DoubleSupplier perSecond;
    private final Runnable arrival;
    private boolean stopped;

    Stream(Agenda agenda, Draw draw, DoubleSupplier perSecond, Runnable arrival) {
        this.agenda = agenda;
        this.draw = draw;
        this.perSecond = perSecond;
        this.arrival = arrival;
    }

    void next() {
        double rate = perSecond.getAsDouble();
        // A long wait is cut short, since the rate may have changed until then: that is exact for what has no memory.
        double wait = rate <= 0 ? Double.MAX_VALUE : draw.exponential(1000 / rate);
        agenda.after(Math.min(wait, LOOK_AGAIN_MS), () -> {
            if (stopped) {
                return;
            }
            if (wait <= LOOK_AGAIN_MS) {
                arrival.run();
            }
            next();
        });
    }

    void stop() {
        stopped = true;
    }
}
