package io.faultprint.ingest.file;

import static io.faultprint.ingest.file.Reading.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlindnessTest {

    @TempDir
    Path logs;

    @TempDir
    Path state;

    @Test
    void whatWasFollowedAndIsGoneWithItsFolderIsNotPromisedUntilItIsBack() throws IOException {
        Path folder = Files.createDirectory(logs.resolve("mounted"));
        Path file = folder.resolve("cart.log");
        try (Reading mounted =
                new Reading(state, Map.of("m.paths", folder + "/*.log", "m.service", "cart", "m.start", "beginning"))) {
            write(file, "one");
            mounted.round();
            long seen = mounted.files().scannedAt();
            Files.delete(file);
            Files.delete(folder);

            mounted.round();
            assertThat(mounted.files().seesUntil()).isEqualTo(seen);
            assertThat(mounted.files().troubles().get(folder)).contains("is gone", "bring it back");
            for (int i = 0; i < 10; i++) {
                mounted.round();
            }
            assertThat(mounted.files().files()).isEmpty();
            assertThat(mounted.files().seesUntil()).isEqualTo(seen);

            Files.createDirectory(folder);
            write(file, "two");
            mounted.round();
            assertThat(mounted.files().seesUntil()).isEqualTo(Long.MAX_VALUE);
            assertThat(mounted.files().troubles()).isEmpty();
            assertThat(mounted.lines).containsExactly("one", "two");
        }
    }

    @Test
    void whatCannotBeReadAtARestartGoesOnWhereItWas() throws IOException {
        Path folder = Files.createDirectory(logs.resolve("later"));
        Path file = folder.resolve("cart.log");
        try (Reading later =
                new Reading(state, Map.of("m.paths", folder + "/*.log", "m.service", "cart", "m.start", "beginning"))) {
            write(file, "one");
            later.round().save();
            Path away = logs.resolve("away");
            Files.move(folder, away);
            write(away.resolve("cart.log"), "two");

            later.restart().round().save();
            assertThat(later.files().seesUntil()).isEqualTo(Followed.NEVER);
            Files.move(away, folder);
            later.round();

            assertThat(later.lines).containsExactly("one", "two");
            assertThat(later.files().seesUntil()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void onlyWhatWasReadOnceHolds() {
        Blindness blindness = new Blindness();
        blindness.knows(Path.of("/var/log/shop/cart.log"));

        assertThat(blindness.begins(Path.of("/var/log/shop/other.log"), 5)).isFalse();
        assertThat(blindness.since()).isEqualTo(Long.MAX_VALUE);
        assertThat(blindness.begins(Path.of("/var/log/shop/cart.log"), 5)).isTrue();
        assertThat(blindness.begins(Path.of("/var/log/shop"), 9)).isTrue();
        assertThat(blindness.begins(Path.of("/var/log/shop"), 11)).isTrue();
        assertThat(blindness.since()).isEqualTo(5);

        blindness.only(Set.of(Path.of("/var/log/shop")));
        assertThat(blindness.since()).isEqualTo(9);
        assertThat(blindness.of(Path.of("/var/log/shop/cart.log"))).isEqualTo(9);
        assertThat(blindness.of(Path.of("/var/log/desk/cart.log"))).isEqualTo(Long.MAX_VALUE);
        blindness.only(Set.of());
        assertThat(blindness.since()).isEqualTo(Long.MAX_VALUE);
    }
}
