package io.faultprint.chaos.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done to Faultprint. The order is that of the help. */
public enum Fault {
    KILL_INGEST(Group.KILL, 0, "kill -9 of ingest"),
    KILL_CORRELATE(Group.KILL, 0, "kill -9 of an instance of correlate"),
    KILL_DIAGNOSE(Group.KILL, 0, "kill -9 of diagnose"),
    ROLLING_RESTART(Group.STAGES, 0, "SIGTERM to each stage in turn, eight seconds apart"),
    FREEZE_CORRELATE(
            Group.STAGES, 20, "an instance of correlate stops in its tracks, and goes on after its successor began"),
    CORRELATE_DOWN(Group.STAGES, 60, "no correlate at all for a while, then it catches up"),
    STATE_DELETED(Group.STAGES, 0, "kill -9 of an instance of correlate, and its state directory deleted"),
    BROKER_CRASH(Group.BROKER, 10, "kill -9 of the broker, started again later"),
    BROKER_DISK_FULL(Group.DISK, 20, "the broker's disk is full, it dies, and comes back with room"),
    STATE_DISK_FULL(Group.DISK, 20, "the disk of the stages' state is full, and one is killed meanwhile"),
    STORE_DOWN(Group.STORE, 45, "kill -9 of OpenSearch, started again later"),
    STORE_BUSY_ITEMS(Group.STORE, 30, "429 for 30 % of bulk items"),
    STORE_BUSY(Group.STORE, 30, "429 for 30 % of requests"),
    STORE_SLOW(Group.STORE, 30, "each request to OpenSearch takes 10 s"),
    STORE_READ_ONLY(Group.STORE, 30, "OpenSearch's indices are read-only"),
    STORE_DISK_FULL(Group.STORE, 30, "OpenSearch is past the flood-stage watermark"),
    STORE_LOSES_ANSWERS(Group.STORE, 30, "30 % of answers are lost after the work was done"),
    STORE_GARBAGE(Group.STORE, 20, "something in between answers with pages"),
    MODEL_HANGS(Group.MODEL, 40, "the model never answers"),
    MODEL_BUSY(Group.MODEL, 40, "the model answers 429"),
    MODEL_FAILS(Group.MODEL, 40, "the model answers 500"),
    MODEL_GARBAGE(Group.MODEL, 40, "the model answers nonsense"),
    POISON(Group.INPUT, 0, "records that nobody can read, in every topic whose readers keep dead letters"),
    TEN_TIMES(Group.INPUT, 20, "ten times the load"),
    HOT_SERVICE(Group.INPUT, 20, "ten times the load, nearly all lines of one service, whose partition lags"),
    CLOCK_AHEAD(Group.INPUT, 20, "a sender whose clock is a day ahead"),
    CLOCK_BEHIND(Group.INPUT, 20, "a sender whose clock is a day behind"),
    SENT_TWICE(Group.INPUT, 0, "senders send what was acknowledged once more");

    /** Faults that can be asked for together. */
    public enum Group {
        KILL,
        STAGES,
        BROKER,
        STORE,
        MODEL,
        INPUT,
        /** Needs a file system of its own, which only root can mount; never asked for by "all". */
        DISK
    }

    private final Group group;
    private final int seconds;
    private final String about;

    Fault(Group group, int seconds, String about) {
        this.group = group;
        this.seconds = seconds;
        this.about = about;
    }

    public Group group() {
        return group;
    }

    /** How long it lasts unless said otherwise; 0 for what happens in a moment. */
    public int seconds() {
        return seconds;
    }

    /** For people. */
    public String about() {
        return about;
    }

    /** As it is written on a command line, such as {@code kill-ingest}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The faults of a word: one fault, a group such as {@code kill}, or {@code all}; empty for an unknown word. */
    public static Optional<List<Fault>> of(String word) {
        List<Fault> found = Arrays.stream(values())
                .filter(fault -> word.equals("all")
                        ? fault.group != Group.DISK
                        : fault.word().equals(word)
                                || fault.group.name().toLowerCase(Locale.ROOT).equals(word))
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
