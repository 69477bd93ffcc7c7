package io.faultprint.correlate.topology.signals;

import java.nio.charset.StandardCharsets;

/**
 * Draws lots: where there is room for some only, those with the least lots stay, which are the same ones in whatever
 * order they come. A lot is a hash of the name, 64 bits (FNV-1a, finished as MurmurHash3 does); rows hold its values.
 */
final class Lot {

    private Lot() {}

    static long of(String... names) {
        long hash = 0xcbf29ce484222325L;
        for (String name : names) {
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
            }
            hash *= 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
