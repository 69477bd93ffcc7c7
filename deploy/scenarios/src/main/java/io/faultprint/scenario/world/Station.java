package io.faultprint.scenario.world;

import java.util.ArrayDeque;

/** A number of places and a queue before them: workers, cores, connections, the slots of a database. */
final class Station {

    private int places;
    private final int backlog;
    private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
    private int taken;

    Station(int places, int backlog) {
        this.places = places;
        this.backlog = backlog;
    }

    static Station unboundedQueue(int places) {
        return new Station(places, Integer.MAX_VALUE);
    }

    /** Takes a place now or later; false when the queue is full and nothing will happen. */
    boolean take(Ticket ticket) {
        if (taken < places) {
            taken++;
            ticket.called = true;
            ticket.turn.run();
            return true;
        }
        if (waiting.size() >= backlog) {
            return false;
        }
        waiting.add(ticket);
        return true;
    }

    /** Gives a place back, which calls the next in the queue. */
    void release() {
        if (taken > places) {
            taken--;
            return;
        }
        Ticket next = waiting.poll();
        if (next == null) {
            taken--;
        } else {
            next.called = true;
            next.turn.run();
        }
    }

    /** Changes the number of places; who is inside stays, and who waits comes in where there is room now. */
    void resize(int to) {
        places = to;
        while (taken < places && !waiting.isEmpty()) {
            taken++;
            Ticket next = waiting.remove();
            next.called = true;
            next.turn.run();
        }
    }

    /** Leaves the queue; true when the ticket was still in it. */
    boolean leave(Ticket ticket) {
        return !ticket.called && waiting.remove(ticket);
    }

    boolean hasFree() {
        return taken < places;
    }

    int taken() {
        return taken;
    }

    /** The share of places that is taken. */
    double fill() {
        return Math.min(1, taken / (double) places);
    }

    int waiting() {
        return waiting.size();
    }

    /** A wish for one place. */
    static final class Ticket {
        private final Runnable turn;
        private boolean called;

        Ticket(Runnable turn) {
            this.turn = turn;
        }

        boolean called() {
            return called;
        }
    }
}
