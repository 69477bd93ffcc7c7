package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.FaultKind;
import io.faultprint.scenario.plan.PlannedChange;
import io.faultprint.scenario.plan.PlannedFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets faults begin, grow and end. */
final class Faults {

    private static final double GROWS_EVERY_MS = 1000;

    private final World world;
    private final Handles handles;
    private final Map<PlannedFault, Handle> held = new LinkedHashMap<>();

    Faults(World world) {
        this.world = world;
        this.handles = new Handles(world);
    }

    /** Of two changes that harm only together, the first is made and does no harm. */
    void announce(PlannedFault fault, List<PlannedChange> changes) {
        if (fault.kind() != FaultKind.TWO_CHANGES || fault.changes().isEmpty()) {
            return;
        }
        changes.stream()
                .filter(change -> change.id().equals(fault.changes().get(0)))
                .forEach(first -> world.agenda.at(first.timeMs() * 1_000_000, () -> handles.firstOfTwo(fault)));
    }

    void begin(PlannedFault fault) {
        held.put(fault, handles.of(fault));
        grow(fault);
    }

    void end(PlannedFault fault) {
        Handle handle = held.remove(fault);
        if (handle != null) {
            handle.letGo();
        }
    }

    private void grow(PlannedFault fault) {
        Handle handle = held.get(fault);
        if (handle == null) {
            return;
        }
        double level = fault.level(world.agenda.now() / 1_000_000);
        handle.turn(level);
        if (level < 1) {
            world.agenda.after(GROWS_EVERY_MS, () -> grow(fault));
        }
    }
}
