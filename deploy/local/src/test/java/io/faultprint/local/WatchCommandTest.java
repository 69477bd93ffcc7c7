package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WatchCommandTest {

    @Test
    void whatIsMadeOfTimesWithoutAZoneIsSaidAndWhatThisMachineWouldSay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(WatchCommand.assumed("UTC", berlin))
                .isEqualTo("Times in them that name no zone are taken as UTC; --zone Europe/Berlin takes them as this"
                        + " machine's.");
        assertThat(WatchCommand.assumed("UTC", ZoneId.of("Etc/UTC")))
                .isEqualTo("Times in them that name no zone are taken as UTC.");
        assertThat(WatchCommand.assumed("Europe/Berlin", berlin))
                .isEqualTo("Times in them that name no zone are taken as Europe/Berlin.");
    }
}
