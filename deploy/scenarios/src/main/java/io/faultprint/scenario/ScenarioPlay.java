package io.faultprint.scenario;

import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Plays a scenario against an ingest that runs somewhere else, and says when a fault begins and ends. */
final class ScenarioPlay {

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private ScenarioPlay() {}

    /**
     * Plays to the end.
     *
     * @throws IOException when nothing at all was taken in during a whole minute
     */
    static void run(Scenario scenario, Settings settings, int seconds, URI door, InstantSource clock, PrintStream out)
            throws IOException, InterruptedException {
        ScenarioPlayer.Listener listener = new ScenarioPlayer.Listener() {
            @Override
            public void began(PlannedFault fault) {
                say(out, clock, fault.kind().label() + " at " + fault.service() + " begins");
            }

            @Override
            public void ended(PlannedFault fault) {
                say(out, clock, fault.kind().label() + " at " + fault.service() + " is over");
            }
        };
        ScenarioPlayer player = new ScenarioPlayer(scenario, settings, seconds, door, clock, listener);
        try (player) {
            player.start();
            say(out, clock, "seed " + settings.seed() + " plays against " + door + " for " + seconds / 60 + " minutes");
            long before = 0;
            while (!player.await(BETWEEN_LINES)) {
                Deliveries so = player.deliveries();
                if (so.acknowledged() == before) {
                    throw new IOException(door + ": has taken nothing for a minute (" + so + "); is ingest up?");
                }
                before = so.acknowledged();
                say(out, clock, before + " events taken in");
            }
        }
        say(out, clock, "over: " + player.deliveries());
    }

    private static void say(PrintStream out, InstantSource clock, String line) {
        out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
