package io.faultprint.scenario.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure in the words of a language.
 *
 * @param type exception type
 * @param message its message
 * @param frames where, innermost first, as the language prints a frame
 * @param cause what it was caused by, or null
 */
public record Thrown(
        String type,
        String message,
        List<String> frames,
        @Nullable Thrown cause) {}
