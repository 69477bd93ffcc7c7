package io.faultprint.local.pulse;

import io.faultprint.local.show.Style;
import io.faultprint.local.show.Table;
import io.faultprint.local.show.Times;
import io.faultprint.pulse.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All instances as a table: what each sees, since when, and why not. */
public final class PulseTable {

    private final Times times;

    public PulseTable(Times times) {
        this.times = times;
    }

    /** The lines, at this time. */
    public List<String> lines(Verdict verdict, long now, Style style) {
        if (verdict.instances().isEmpty()) {
            return List.of("no instance of any stage has ever spoken");
        }
        Table table = new Table("STAGE", "INSTANCE", "STATE", "SINCE", "PULSE", "DELAY", "LAG", "OPEN", "WHY");
        for (Verdict.Instance instance : verdict.instances()) {
            Pulse pulse = instance.pulse();
            boolean alive = instance.condition().alive();
            long since = alive ? pulse.getSince() : pulse.getAt();
            table.row(
                    pulse.getStage(),
                    pulse.getInstance(),
                    instance.condition().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    times.clock(since) + " (" + Times.length(now - since) + ")",
                    Times.length(now - pulse.getAt()) + " ago",
                    !alive || pulse.getWatermark() == null ? "-" : Times.length(pulse.getAt() - pulse.getWatermark()),
                    alive ? Long.toString(pulse.getLag()) : "-",
                    alive ? Integer.toString(pulse.getOpenWindows()) : "-",
                    String.join("; ", Instances.why(pulse, instance.condition(), now)));
        }
        return new ArrayList<>(table.lines(style));
    }
}
