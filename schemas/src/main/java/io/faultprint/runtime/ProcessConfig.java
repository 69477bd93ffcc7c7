package io.faultprint.runtime;

import java.time.Duration;

/**
 * What every stage process has besides its own configuration.
 *
 * @param admin where health and metrics are served
 * @param log how it logs
 * @param stop how it ends
 */
record ProcessConfig(Admin admin, Log log, Stop stop) {

    record Admin(
            @Default("127.0.0.1") @About("address for /livez, /readyz and /metrics")
            String host,

            @Default("0") @About("its port; 0 takes a free one and prints it")
            int port) {
        Admin {
            Require.text(host, "host");
            Require.port(port, "port");
        }
    }

    record Log(
            @Default("info") @About("trace, debug, info, warn or error")
            Logs.Level level) {}

    record Stop(
            @Default("30s") @About("how long a graceful stop may take")
            Duration deadline) {
        Stop {
            Require.that(!deadline.isZero(), "deadline", "a stop needs more than 0 s");
        }
    }
}
