package io.faultprint.ingest.file;

import io.faultprint.ingest.text.LineBytes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What the file door tells of itself; there also without any files, so that a dashboard finds it. */
public final class FileMeters {

    private final AtomicLong followed = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong unread = new AtomicLong();
    private final Counter renamed;
    private final Counter truncated;
    private final Counter lost;
    private final Counter cut;
    private final Counter notUtf8;
    private final Counter nul;

    /** Registers all of them. */
    public FileMeters(MeterRegistry meters) {
        gauge(meters, "files", "Files by whether they can be read", "followed", followed);
        gauge(meters, "files", "Files by whether they can be read", "unreadable", unreadable);
        Gauge.builder("faultprint.ingest.files.unread", unread::get)
                .description("Bytes of followed files that are not read yet")
                .baseUnit("bytes")
                .register(meters);
        this.renamed = turns(meters, "renamed");
        this.truncated = turns(meters, "truncated");
        this.lost = turns(meters, "lost");
        this.cut = lines(meters, "cut");
        this.notUtf8 = lines(meters, "not-utf8");
        this.nul = lines(meters, "nul-bytes");
    }

    private static void gauge(MeterRegistry meters, String name, String about, String state, AtomicLong value) {
        Gauge.builder("faultprint.ingest." + name, value::get)
                .description(about)
                .tag("state", state)
                .register(meters);
    }

    private static Counter turns(MeterRegistry meters, String how) {
        return Counter.builder("faultprint.ingest.file.rotations")
                .description(
                        "Files that were renamed, truncated, or gone before anybody could know whether they were read")
                .tag("how", how)
                .register(meters);
    }

    private static Counter lines(MeterRegistry meters, String what) {
        return Counter.builder("faultprint.ingest.file.mended")
                .description("Lines that were cut or were not UTF-8, and NUL bytes that were left out")
                .tag("what", what)
                .register(meters);
    }

    void now(long files, long troubles, long unreadBytes) {
        followed.set(files);
        unreadable.set(troubles);
        unread.set(unreadBytes);
    }

    void renamed() {
        renamed.increment();
    }

    void truncated() {
        truncated.increment();
    }

    void lost() {
        lost.increment();
    }

    /** What one reading of a file added to what was mended in it. */
    void mended(LineBytes.Counts before, LineBytes.Counts after) {
        cut.increment(after.cutLines() - before.cutLines());
        notUtf8.increment(after.notUtf8() - before.notUtf8());
        nul.increment(after.nulBytes() - before.nulBytes());
    }
}
