package io.faultprint.watch;

import io.faultprint.pulse.Pulse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where pulses go. */
public interface PulseSink extends AutoCloseable {

    /**
     * Sends a pulse; may wait a second at most.
     *
     * @param answered told once, from any thread: null when it was taken, else why not
     */
    void send(Pulse pulse, Consumer<@Nullable Exception> answered);

    /** Lets what was sent go out, within some seconds. */
    @Override
    void close();
}
