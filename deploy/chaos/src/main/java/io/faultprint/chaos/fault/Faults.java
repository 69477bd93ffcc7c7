package io.faultprint.chaos.fault;

import io.faultprint.chaos.endpoint.ModelMode;
import io.faultprint.chaos.endpoint.StoreMode;
import io.faultprint.chaos.load.Load;
import io.faultprint.chaos.oracle.Place;
import io.faultprint.chaos.plan.Planned;
import io.faultprint.chaos.world.Slot;
import io.faultprint.chaos.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Brings faults about, one at a time, and takes each back. */
public final class Faults {

    private static final double SHARE = 0.3;
    private static final Duration SLOW = Duration.ofSeconds(10);

    /** Waits while a fault lasts. */
    public interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    private final World world;
    private final Load load;
    private final Poison poison;
    private int diagnoseLost;

    public Faults(World world, Load load) {
        this.world = world;
        this.load = load;
        this.poison = new Poison(world.kafka());
    }

    /** Does it, lets it last, and takes it back. */
    public void happen(Planned planned, Pause pause) throws InterruptedException, IOException {
        switch (planned.fault().group()) {
            case KILL, STAGES -> stages(planned, pause);
            case BROKER -> {
                world.killBroker();
                pause.last(planned.lasts());
                world.startBroker();
            }
            case DISK -> disk(planned, pause);
            case STORE -> store(planned, pause);
            case MODEL -> {
                world.model().mode(modelMode(planned));
                pause.last(planned.lasts());
                world.model().mode(new ModelMode.Good());
            }
            case INPUT -> input(planned, pause);
        }
    }

    private void stages(Planned planned, Pause pause) throws InterruptedException {
        List<Slot> all = world.correlates();
        Slot correlate = all.get(planned.draw() % all.size());
        switch (planned.fault()) {
            case KILL_INGEST -> world.ingest().kill();
            case KILL_CORRELATE -> correlate.kill();
            case KILL_DIAGNOSE -> {
                diagnoseLost++;
                world.diagnose().kill();
            }
            case ROLLING_RESTART -> {
                diagnoseLost++;
                for (Slot slot : world.slots()) {
                    slot.terminate();
                    pause.last(Duration.ofSeconds(8));
                }
            }
            case FREEZE_CORRELATE -> {
                correlate.frozen(true);
                pause.last(planned.lasts());
                correlate.frozen(false);
            }
            case CORRELATE_DOWN -> {
                all.forEach(slot -> slot.held(true));
                all.forEach(Slot::kill);
                pause.last(planned.lasts());
                all.forEach(slot -> slot.held(false));
            }
            case STATE_DELETED -> {
                correlate.held(true);
                correlate.kill();
                pause.last(Duration.ofSeconds(1));
                world.deleteState(correlate);
                correlate.held(false);
            }
            default -> throw new IllegalArgumentException(planned.fault() + " is no fault of stages");
        }
    }

    private void disk(Planned planned, Pause pause) throws InterruptedException, IOException {
        switch (planned.fault()) {
            case BROKER_DISK_FULL -> {
                world.brokerDisk().fill();
                pause.last(planned.lasts());
                world.brokerDisk().free();
                // A broker that cannot write its log ends itself; one that was not asked to write lives on.
                world.killBroker();
                world.startBroker();
            }
            case STATE_DISK_FULL -> {
                world.stateDisk().fill();
                // Diagnose keeps nothing on disk.
                List<Slot> all = new ArrayList<>(world.correlates());
                all.add(world.ingest());
                all.get(planned.draw() % all.size()).kill();
                pause.last(planned.lasts());
                world.stateDisk().free();
            }
            default -> throw new IllegalArgumentException(planned.fault() + " is no fault of a disk");
        }
    }

    private void store(Planned planned, Pause pause) throws InterruptedException {
        StoreMode mode = switch (planned.fault()) {
            case STORE_DOWN -> null;
            case STORE_BUSY_ITEMS -> new StoreMode.BusyItems(SHARE);
            case STORE_BUSY -> new StoreMode.Busy(SHARE);
            case STORE_SLOW -> new StoreMode.Slow(SLOW);
            case STORE_READ_ONLY -> new StoreMode.ReadOnly();
            case STORE_DISK_FULL -> new StoreMode.FullDisk();
            case STORE_LOSES_ANSWERS -> new StoreMode.Lose(SHARE);
            case STORE_GARBAGE -> garbage(planned.draw());
            default -> throw new IllegalArgumentException(planned.fault() + " is no fault of the store");
        };
        if (mode == null) {
            world.killOpenSearch();
            pause.last(planned.lasts());
            world.startOpenSearch();
            return;
        }
        world.store().mode(mode);
        pause.last(planned.lasts());
        world.store().mode(new StoreMode.Pass());
    }

    private static StoreMode garbage(int draw) {
        StoreMode.Garbage.Kind[] kinds = StoreMode.Garbage.Kind.values();
        return new StoreMode.Garbage(kinds[draw % kinds.length]);
    }

    private static ModelMode modelMode(Planned planned) {
        return switch (planned.fault()) {
            case MODEL_HANGS -> new ModelMode.Hang();
            case MODEL_BUSY -> new ModelMode.Busy(1);
            case MODEL_FAILS -> new ModelMode.Broken(500);
            case MODEL_GARBAGE -> new ModelMode.Says("I think it is fine {");
            default -> throw new IllegalArgumentException(planned.fault() + " is no fault of the model");
        };
    }

    private void input(Planned planned, Pause pause) throws InterruptedException {
        switch (planned.fault()) {
            case POISON -> poison.put(new Random(planned.draw()));
            case TEN_TIMES -> {
                load.times(10);
                pause.last(planned.lasts());
                load.times(1);
            }
            case HOT_SERVICE -> {
                load.hot(true);
                load.times(10);
                pause.last(planned.lasts());
                load.times(1);
                load.hot(false);
            }
            case CLOCK_AHEAD -> {
                load.clockAhead(true);
                pause.last(planned.lasts());
                load.clockAhead(false);
            }
            case CLOCK_BEHIND -> {
                load.clockBehind(true);
                pause.last(planned.lasts());
                load.clockBehind(false);
            }
            case SENT_TWICE -> load.again();
            default -> throw new IllegalArgumentException(planned.fault() + " is no fault of the input");
        }
    }

    /** Where records stand that must be refused. */
    public Set<Place> poison() {
        return poison.places();
    }

    /** How often diagnose was ended, and may therefore repeat a call. */
    public int diagnoseLost() {
        return diagnoseLost;
    }
}
