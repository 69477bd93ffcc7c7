package io.faultprint.scenario;

import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.truth.Sign;
import io.faultprint.scenario.truth.Signs;
import io.faultprint.scenario.world.Census;
import io.faultprint.scenario.world.World;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a run of a scenario into a folder: {@code telemetry.otlp.jsonl} (or {@code .jsonl.gz}), one OTLP/JSON object per
 * line as the OpenTelemetry Collector's file exporter writes them, with changes as {@code {"changes":[…]}} lines, and
 * {@code faults.json}, the truth. As fast as the machine can; the same arguments give the same bytes.
 */
public final class ScenarioExport {

    private static final long BATCH_NANOS = 1_000_000_000L;

    private ScenarioExport() {}

    /**
     * What was written.
     *
     * @param telemetry the file of events
     * @param truth the file of faults
     * @param faults how many faults
     * @param logs log records
     * @param points metric points
     * @param spans spans
     * @param changes changes
     */
    public record Written(Path telemetry, Path truth, int faults, long logs, long points, long spans, long changes) {}

    /**
     * Generates and writes.
     *
     * @param scenario the system
     * @param settings seed, faults and rates
     * @param start the moment of the first event
     * @param seconds how long the run is; faults that would not end in it are left out
     * @param folder made when missing; files in it are overwritten
     * @param gzip whether the telemetry is compressed
     */
    public static Written write(
            Scenario scenario, Settings settings, Instant start, int seconds, Path folder, boolean gzip)
            throws IOException {
        Timetable timetable =
                Timetable.draw(scenario, settings, seconds * 1000L).until(seconds * 1000L);
        Files.createDirectories(folder);
        Path telemetry = folder.resolve(gzip ? "telemetry.otlp.jsonl.gz" : "telemetry.otlp.jsonl");
        Path truth = folder.resolve("faults.json");
        long[] counts = new long[4];
        Map<String, List<Census.Row>> counted = Map.of();
        try (OutputStream out = open(telemetry, gzip)) {
            Batch[] batch = {new Batch()};
            var world = new World(scenario, timetable, start, signal -> batch[0].add(signal));
            if (!timetable.faults().isEmpty()) {
                counted = world.census().rows();
            }
            for (int second = 1; second <= seconds; second++) {
                world.advanceTo(second * BATCH_NANOS);
                for (byte[] line : batch[0].lines()) {
                    out.write(line);
                    out.write('\n');
                }
                counts[0] += batch[0].logCount();
                counts[1] += batch[0].pointCount();
                counts[2] += batch[0].spanCount();
                counts[3] += batch[0].changeCount();
                batch[0] = new Batch();
            }
        }
        Map<PlannedFault, List<Sign>> signs = Signs.of(scenario, timetable, seconds, counted);
        Files.write(truth, Truth.json(timetable.faults(), signs, start));
        return new Written(telemetry, truth, timetable.faults().size(), counts[0], counts[1], counts[2], counts[3]);
    }

    private static OutputStream open(Path file, boolean gzip) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        return gzip ? new GZIPOutputStream(out, 1 << 16) : out;
    }
}
