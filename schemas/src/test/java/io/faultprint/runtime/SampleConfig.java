package io.faultprint.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration with every kind of key. */
record SampleConfig(
        Http http,
        Kafka kafka,
        @Default("10s") Duration window,
        @Default("warm") Start start,
        @Nullable URI model) {

    enum Start {
        WARM,
        ICE_COLD
    }

    record Http(
            @Default("4318") @About("where senders reach us")
            int port,

            @Default("16MiB") ByteSize maxBody,
            @Default("false") boolean open,
            @Default("a,b") List<String> paths) {
        Http {
            Require.port(port, "port");
        }
    }

    record Kafka(@Default("127.0.0.1:9092") String bootstrap, Map<String, String> client) {}

    SampleConfig {
        Require.that(!window.isZero(), "window", "a window must be longer than 0 s");
        Require.that(http.port() != 9092, "http", "must not take Kafka's port");
    }
}
