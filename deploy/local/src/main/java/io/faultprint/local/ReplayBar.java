package io.faultprint.local;

import io.faultprint.ingest.replay.ReplayProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a replay is: a bar on a terminal, a line at every tenth elsewhere. */
final class ReplayBar implements AutoCloseable {

    private static final int STEPS = 10;

    private final Terminal terminal;
    private final @Nullable ProgressBar bar;
    private long step;

    ReplayBar(Terminal terminal) {
        this.terminal = terminal;
        this.bar = terminal.interactive() ? bar(terminal) : null;
    }

    void at(ReplayProgress progress) {
        if (bar != null) {
            bar.maxHint(progress.bytesTotal());
            bar.stepTo(progress.bytesRead());
            bar.setExtraMessage(" at " + time(progress));
            return;
        }
        long now = progress.bytesTotal() == 0 ? STEPS : STEPS * progress.bytesRead() / progress.bytesTotal();
        if (now > step) {
            step = now;
            terminal.line(
                    "  %3d %%  %,d events, at %s".formatted(100 * now / STEPS, progress.events(), time(progress)));
        }
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
