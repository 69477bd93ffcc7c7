package io.faultprint.ingest.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.faultprint.event.Heartbeat;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    private final AtomicLong time = new AtomicLong(1_000_000);
    private final Coverage coverage = new Coverage("door", 7, 900_000, () -> Instant.ofEpochMilli(time.get()));
    private final Watermark watermark = new Watermark(() -> Instant.ofEpochMilli(time.get()), 15_000);

    @TempDir
    Path directory = Path.of("");

    @Test
    void anUnacknowledgedRequestHoldsTheWatermarkAndItsAnswerReleasesIt() {
        long first = watermark.received();
        time.addAndGet(2_000);
        long second = watermark.received();
        time.addAndGet(20_000);

        assertThat(watermark.now()).isEqualTo(first - 15_000);
        watermark.settled(first);
        assertThat(watermark.now()).isEqualTo(second - 15_000);
        watermark.settled(second);
        assertThat(watermark.now()).isEqualTo(time.get() - 15_000);
    }

    @Test
    void twoRequestsOfOneMillisecondAreBothWaitedFor() {
        long first = watermark.received();
        long second = watermark.received();
        time.addAndGet(9);

        watermark.settled(first);

        assertThat(watermark.now()).isEqualTo(second - 15_000);
    }

    @Test
    void aClockThatIsSetBackDoesNotTakeTheWatermarkAlong() {
        long before = watermark.now();
        time.addAndGet(-60_000);
        watermark.received();

        assertThat(watermark.now()).isEqualTo(before);
    }

    @Test
    void aHeartbeatSaysWhoSinceWhenAndHowFar() {
        assertThat(coverage.word("logs", 0, watermark.now()))
                .isEqualTo(new Heartbeat("door", 7L, 900_000L, 985_000L, false, false));
    }

    @Test
    void whatKafkaDidNotTakeIsCoveredByNobodyAndOnlyThere() {
        coverage.word("logs", 0, 0);
        coverage.word("logs", 1, 0);
        time.addAndGet(60_000);
        coverage.refused("logs", 1);
        time.addAndGet(1_000);

        assertThat(coverage.word("logs", 1, 5))
                .isEqualTo(new Heartbeat("door", 1_061_000L, 1_061_000L, 5L, false, false));
        assertThat(coverage.word("logs", 0, 5)).isEqualTo(new Heartbeat("door", 7L, 900_000L, 5L, false, false));

        time.addAndGet(1_000);
        assertThat(coverage.word("logs", 1, 6))
                .isEqualTo(new Heartbeat("door", 1_061_000L, 1_061_000L, 6L, false, false));
    }

    @Test
    void aClockThatIsSetBackMeanwhileDoesNotTakeEpochAndCoverageBack() {
        time.set(800_000);
        coverage.refused("logs", 0);
        Heartbeat first = coverage.word("logs", 0, 5);
        coverage.refused("logs", 0);
        Heartbeat second = coverage.word("logs", 0, 5);

        assertThat(first.getCoveredFrom()).isEqualTo(900_000);
        assertThat(second.getEpoch()).isGreaterThan(first.getEpoch()).isGreaterThan(7);
    }

    @Test
    void aRestartedDoorKeepsItsNameAndRaisesItsEpoch() throws Exception {
        DoorFile first = DoorFile.open(directory, "", "otlp-http@host-a", 5);
        first.close();
        // The clock has been set back, and the process runs on another host now.
        DoorFile second = DoorFile.open(directory, "", "otlp-http@host-b", 3);
        second.close();

        assertThat(first.epoch()).isEqualTo(5);
        assertThat(second.door()).isEqualTo("otlp-http@host-a");
        assertThat(second.epoch()).isEqualTo(6);
    }

    @Test
    void aDoorWhoseFileWasLostStillComesAfterItsOldSelf() throws Exception {
        DoorFile first = DoorFile.open(directory, "d", "", 1_000);
        first.close();
        Files.delete(directory.resolve("door"));

        try (DoorFile second = DoorFile.open(directory, "d", "", 2_000)) {
            assertThat(second.epoch()).isGreaterThan(first.epoch());
        }
    }

    @Test
    void aSecondProcessOnTheDirectoryIsRefused() {
        try (DoorFile open = DoorFile.open(directory, "", "d", 1)) {
            assertThat(open.door()).isEqualTo("d");
            assertThatThrownBy(() -> DoorFile.open(directory, "", "d", 2))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("another ingest");
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> DoorFile.open(file, "", "d", 1))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFullDiskIsAnOutageAndNoMistakeInTheConfiguration() throws Exception {
        assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();
        Files.createSymbolicLink(directory.resolve("door.next"), Path.of("/dev/full"));

        assertThatThrownBy(() -> DoorFile.open(directory, "", "d", 1))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("state.dir " + directory)
                .hasMessageContaining("No space left");

        Files.delete(directory.resolve("door.next"));
        try (DoorFile mended = DoorFile.open(directory, "", "d", 2)) {
            assertThat(mended.door()).isEqualTo("d");
        }
    }
}
