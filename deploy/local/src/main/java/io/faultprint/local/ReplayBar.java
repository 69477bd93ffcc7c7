package io.faultprint.local;

import io.faultprint.ingest.replay.ReplayProgress;
import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.show.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a replay is, and at what pace: a bar on a terminal, a line at every tenth elsewhere. */
final class ReplayBar implements AutoCloseable {

    private static final int STEPS = 10;

    /** Below this a replay keeps its pace; the reader's own steps show otherwise. */
    private static final long UNNOTICED_MILLIS = 1_000;

    private final Terminal terminal;
    private final Speed speed;
    private final @Nullable ProgressBar bar;
    private long step;

    ReplayBar(Terminal terminal, Speed speed) {
        this.terminal = terminal;
        this.speed = speed;
        this.bar = terminal.interactive() ? bar(terminal) : null;
    }

    void at(ReplayProgress progress) {
        if (bar != null) {
            bar.maxHint(progress.bytesTotal());
            bar.stepTo(progress.bytesRead());
            bar.setExtraMessage(" at " + time(progress) + pace(progress));
            return;
        }
        long now = progress.bytesTotal() == 0 ? STEPS : STEPS * progress.bytesRead() / progress.bytesTotal();
        if (now > step) {
            step = now;
            terminal.line("  %3d %%  %,d events, at %s%s"
                    .formatted(100 * now / STEPS, progress.events(), time(progress), pace(progress)));
        }
    }

    private String pace(ReplayProgress progress) {
        if (speed.isMax()) {
            return "";
        }
        long behind = progress.behindMillis();
        return ", " + speed + (behind < UNNOTICED_MILLIS ? "" : ", " + Times.length(behind) + " behind");
    }

    private static String time(ReplayProgress progress) {
        return Instant.ofEpochMilli(progress.eventTime())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static ProgressBar bar(Terminal terminal) {
        return new ProgressBarBuilder()
                .setTaskName("replay")
                .setInitialMax(1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" MB", 1 << 20)
                .setConsumer(new ConsoleProgressBarConsumer(
                        terminal.out(), terminal.style().width() - 1))
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
