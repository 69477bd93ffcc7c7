package io.faultprint.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temporary = Path.of("");

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedWithThePidOfTheFirst() {
        DataDirectory directory = DataDirectory.open(temporary.resolve("data"));

        try (DirectoryLock first = directory.lock()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(
                            () -> DataDirectory.open(temporary.resolve("data")).lock())
                    .isInstanceOf(UsageError.class)
                    .hasMessage("--data " + temporary.resolve("data") + ": in use by another Faultprint (pid "
                            + ProcessHandle.current().pid() + "); stop it, or give another directory");
        }
    }

    @Test
    void aDirectoryThatWasLeftCanBeTakenAgain() {
        DataDirectory directory = DataDirectory.open(temporary);

        directory.lock().close();

        try (DirectoryLock again = directory.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void addressesAreFoundOnlyWhileTheDirectoryIsHeld() {
        DataDirectory directory = DataDirectory.open(temporary);
        Addresses addresses = new Addresses(1, "http://127.0.0.1:4318", "http://127.0.0.1:9200", "127.0.0.1:1", "x");

        try (DirectoryLock lock = directory.lock()) {
            assertThat(lock).isNotNull();
            directory.publish(addresses);
            assertThat(DataDirectory.at(temporary).running()).isEqualTo(addresses);
        }

        assertThat(DataDirectory.at(temporary).running()).isNull();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsTheUsersToMend() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--data " + file + ": cannot be written (")
                .hasMessageEndingWith("give another directory");
    }

    @Test
    void onlyOurOwnDirectoryIsEverCleared() throws IOException {
        Path foreign = Files.createDirectory(temporary.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "");
        DataDirectory ours = DataDirectory.open(temporary.resolve("ours"));

        ours.wipe();

        assertThat(ours.root()).doesNotExist();
        assertThatThrownBy(() -> DataDirectory.at(foreign).wipe()).isInstanceOf(UsageError.class);
        assertThat(foreign.resolve("cat.jpg")).exists();
    }
}
