package io.faultprint.ingest.file;

import static io.faultprint.ingest.file.Reading.append;
import static io.faultprint.ingest.file.Reading.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, read round by round: what rotation, truncation and restarts do to them. */
class FollowingTest {

    @TempDir
    Path logs;

    @TempDir
    Path state;

    private Path log;
    private Reading reading;

    @BeforeEach
    void follow() {
        log = logs.resolve("app.log");
        reading = following("beginning");
    }

    private Reading following(String start) {
        return new Reading(
                state, Map.of("shop.paths", logs + "/*.log", "shop.service-from", "file", "shop.start", start));
    }

    @AfterEach
    void close() {
        reading.close();
    }

    @Test
    void linesAreReadOnceAndHalfALineWaitsForItsEnd() {
        write(log, "one", "two");
        append(log, "thr");
        reading.round();
        assertThat(reading.lines).containsExactly("one", "two");

        append(log, "ee\n");
        reading.round().round();

        assertThat(reading.lines).containsExactly("one", "two", "three");
    }

    @Test
    void aFileThatAppearsLaterIsReadFromItsBeginning() {
        reading.round();
        write(log, "one");

        assertThat(reading.round().lines).containsExactly("one");
    }

    @Test
    void atTheFirstStartTheEndMayBeWhereItBegins() {
        write(log, "old");
        try (Reading end = following("end")) {
            end.round();
            write(log, "new");

            assertThat(end.round().lines).containsExactly("new");
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndAndThenTheNewOne() throws IOException {
        write(log, "one");
        reading.round();
        write(log, "two");
        Files.move(log, logs.resolve("app.log.1"));
        append(logs.resolve("app.log.1"), "three, by a writer that was not told yet\nhalf at the end");
        write(log, "four");
        reading.round();
        assertThat(reading.lines)
                .containsExactlyInAnyOrder("one", "two", "three, by a writer that was not told yet", "four");

        for (int i = 0; i < 6; i++) {
            reading.round();
        }

        assertThat(reading.lines).hasSize(5).contains("half at the end");
        assertThat(reading.files().files()).hasSize(1);
    }

    @Test
    void aFileThatIsRenamedWithinTheGlobIsNotReadAgain() throws IOException {
        write(log, "one");
        reading.round();
        Files.move(log, logs.resolve("app-2026.log"));
        write(log, "two");

        assertThat(reading.round().round().lines).containsExactly("one", "two");
    }

    @Test
    void aTruncatedFileIsReadFromItsBeginningUnderANewId() throws IOException {
        write(log, "one", "two");
        reading.round();
        truncate();
        write(log, "three");

        reading.round();

        assertThat(reading.lines).containsExactly("one", "two", "three");
        assertThat(new HashSet<>(reading.ids)).hasSize(3);
        assertThat(reading.count("file.rotations", "how", "truncated")).isEqualTo(1);
    }

    @Test
    void aFileThatWasTruncatedAndGrewBeyondWhatWasReadIsKnownByItsBeginning() throws IOException {
        write(log, "one");
        reading.round();
        truncate();
        write(log, "another beginning, and longer");

        assertThat(reading.round().lines).containsExactly("one", "another beginning, and longer");
    }

    @Test
    void whatCopytruncateTookAwayUnreadIsReadFromTheCopyOnce() throws IOException {
        write(log, "one");
        reading.round();
        write(log, "two", "three");
        Files.copy(log, logs.resolve("app-1.log"));
        truncate();
        write(log, "four");

        reading.round().round().round();

        assertThat(reading.lines).containsExactly("one", "two", "three", "four");
    }

    @Test
    void aCopyOfAFollowedFileIsNotReadAsAnother() throws IOException {
        write(log, "one", "two");
        reading.round();
        Files.copy(log, logs.resolve("app-backup.log"));

        assertThat(reading.round().round().lines).containsExactly("one", "two");
    }

    @Test
    void twoServicesThatBeginAlikeAreTwo() {
        write(log, "Welcome to the framework");
        write(logs.resolve("other.log"), "Welcome to the framework");

        assertThat(reading.round().lines).hasSize(2);
    }

    @Test
    void afterARenameTheNewFileMayBeginLikeTheOldOne() throws IOException {
        try (Reading all =
                new Reading(state, Map.of("a.paths", logs + "/*", "a.service", "s", "a.start", "beginning"))) {
            write(log, "Server starting");
            all.round();
            Files.move(log, logs.resolve("app.log.1"));
            write(log, "Server starting");

            assertThat(all.round().lines).hasSize(2);
        }
    }

    @Test
    void aFileThatBeginsLikeAnotherAndGrowsIsNoCopy() {
        write(log, "Welcome");
        reading.round();
        write(logs.resolve("app-worker.log"), "Welcome", "ready");

        assertThat(reading.round().lines).containsExactly("Welcome", "Welcome", "ready");
    }

    @Test
    void aRestartGoesOnWhereTheLastCheckpointWasAndNamesWhatItRepeatsTheSame() {
        write(log, "one", "two");
        reading.round().save();
        write(log, "three");
        reading.round();
        reading.restart().round();

        assertThat(reading.lines).containsExactly("one", "two", "three", "three");
        assertThat(reading.ids.get(3)).isEqualTo(reading.ids.get(2));
    }

    @Test
    void whatWasRotatedWhileNobodyLookedIsReadToItsEndAfterARestart() throws IOException {
        write(log, "one");
        reading.round().save();
        write(log, "two");
        Files.move(log, logs.resolve("app.log.1"));
        write(log, "three");

        reading.restart().round();

        assertThat(reading.lines).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void whatWasTruncatedWhileNobodyLookedIsReadFromItsCopyAfterARestart() throws IOException {
        write(log, "one");
        reading.round().save();
        write(log, "two");
        Files.copy(log, logs.resolve("app.log.1"));
        truncate();
        write(log, "3");

        reading.restart().round().round();

        assertThat(reading.lines).containsExactly("one", "two", "3");
    }

    @Test
    void aFileThatCameWhileNobodyLookedIsReadFromItsBeginning() {
        try (Reading end = following("end")) {
            end.round().save();
            write(log, "one");

            assertThat(end.restart().round().lines).containsExactly("one");
        }
    }

    @Test
    void aFileThatWentWhileNobodyLookedIsCountedAsLost() throws IOException {
        write(log, "one");
        reading.round().save();
        Files.delete(log);

        reading.restart().round();

        assertThat(reading.files().lost()).isTrue();
        assertThat(reading.count("file.rotations", "how", "lost")).isEqualTo(1);
    }

    @Test
    void aDeletedFileIsReadToItsEnd() throws IOException {
        write(log, "one");
        reading.round();
        write(log, "two");
        Files.delete(log);

        assertThat(reading.round().lines).containsExactly("one", "two");
    }

    @Test
    void aSymbolicLinkIsTheFileItLeadsToAndItsNextTargetIsANewOne() throws IOException {
        Path first = logs.resolve("2026-01-01");
        Path second = logs.resolve("2026-01-02");
        write(first, "one");
        Files.createSymbolicLink(log, first);
        Files.createSymbolicLink(logs.resolve("again.log"), first);
        reading.round();
        Files.delete(log);
        write(second, "two");
        Files.createSymbolicLink(log, second);

        assertThat(reading.round().lines).containsExactly("one", "two");
    }

    @Test
    void oneUnreadableFileIsNamedAndCostsNoOther() throws IOException {
        Path closed = logs.resolve("closed.log");
        write(closed, "secret");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "skipped: this user may read everything");
        write(log, "one");

        assertThat(reading.round().lines).containsExactly("one");
        assertThat(reading.files().troubles().get(closed)).contains("permission denied", "let this user read it");

        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        assertThat(reading.round().lines).contains("secret");
        assertThat(reading.files().troubles()).isEmpty();
    }

    @Test
    void aLineWithoutEndIsCutAndTheNextIsWhole() {
        append(log, "x".repeat(100_000));
        reading.round();
        append(log, "\nnext\n");
        reading.round();

        assertThat(reading.lines).hasSize(2);
        assertThat(reading.lines.get(0)).hasSize(1_000);
        assertThat(reading.lines.get(1)).isEqualTo("next");
    }

    @Test
    void packedRotationsAreNotRead() {
        write(logs.resolve("app.log.gz"), "one");
        try (Reading all =
                new Reading(state, Map.of("a.paths", logs + "/*", "a.service", "s", "a.start", "beginning"))) {
            assertThat(all.round().lines).isEmpty();
        }
    }

    @Test
    void aFileThatIsRewrittenAtTheSameLengthIsReadAnew() throws IOException {
        write(log, "one");
        reading.round();
        Files.writeString(log, "two\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(reading.round().lines).containsExactly("one", "two");
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(reading.round().lines).containsExactly("one", "two");
    }

    @Test
    void aRotatedFileKeepsItsServiceAlsoOverARestart() throws IOException {
        write(log, "one");
        reading.round();
        Files.move(log, logs.resolve("old-app-2026.log"));
        write(log, "two");

        assertThat(reading.round().round().services()).containsExactly("app", "app");
        assertThat(reading.save().restart().round().services()).containsExactlyInAnyOrder("app", "app");
        assertThat(reading.lines).containsExactlyInAnyOrder("one", "two");
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    @Test
    void aFileThatIsReplacedByRenamingOntoItIsANewOne() throws IOException {
        write(log, "one");
        reading.round();
        Path fresh = logs.resolve("fresh.tmp");
        write(fresh, "two");
        Files.move(fresh, log, StandardCopyOption.REPLACE_EXISTING);

        assertThat(reading.round().lines).containsExactly("one", "two");
    }
}
