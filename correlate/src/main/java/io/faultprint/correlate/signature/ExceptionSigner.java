package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The masked line of an exception: {@code type: message at frame at frame caused by type: message at frame …}.
 *
 * <p>The innermost cause gives its three topmost own frames, every other exception of the chain its topmost; a frame
 * that comes again (recursion) counts once, and suppressed exceptions, "... n more", generated classes and the frames
 * of platforms and frameworks are left out. Without any own frame the two topmost frames stand for them. So a rebuild,
 * deeper recursion or another thread give the same line, another throwing place or type another.
 */
public final class ExceptionSigner {

    private static final int ROOT_FRAMES = 3;
    private static final int WRAPPER_FRAMES = 1;
    private static final int FOREIGN_FRAMES = 2;
    /** A chain of long messages is cut here: the row of a signature holds the text twice. */
    private static final int MAX_CHARACTERS = 8192;

    private static final int LONGEST_CHAIN = 5;
    private static final int EVIDENCE_FRAMES = 20;
    private static final int LONGEST_FRAME = 300;

    /** Whether a log body holds a stack trace; cheap for those that do not. */
    public static boolean looksLikeTrace(String body) {
        return StackTraces.in(body);
    }

    /**
     * Signs OpenTelemetry's {@code exception.type}, {@code exception.message} and {@code exception.stacktrace}; each may
     * be absent. The stack trace knows more, so it decides where it can be read.
     */
    public MaskedLine fromFields(
            @Nullable String type, @Nullable String message, @Nullable String stacktrace, Masker masker) {
        List<Thrown> chain = stacktrace == null ? List.of() : StackTraces.read(stacktrace);
        if (chain.isEmpty()) {
            chain = List.of(new Thrown(type == null ? "exception" : type, message == null ? "" : message));
        }
        return sign(chain, masker);
    }

    /** Signs a log body that holds a stack trace, text before it left out; a body without one is masked as a line. */
    public MaskedLine fromBody(String body, Masker masker) {
        List<Thrown> chain = StackTraces.in(body) ? StackTraces.read(body) : List.of();
        return chain.isEmpty() ? masker.mask(body) : sign(chain, masker);
    }

    /**
     * Own-code frames of a trace as evidence, {@code function (file:line)}, those of the innermost cause first; at most
     * {@value #EVIDENCE_FRAMES}. Empty where nothing is own, or there is no trace.
     */
    public static List<String> ownFrames(String trace) {
        if (!StackTraces.in(trace)) {
            return List.of();
        }
        List<Thrown> chain = new ArrayList<>(StackTraces.read(trace));
        Collections.reverse(chain);
        return chain.stream()
                .flatMap(thrown -> thrown.frames().stream())
                .filter(Frame::own)
                .map(frame -> shortened(frame.said()))
                .distinct()
                .limit(EVIDENCE_FRAMES)
                .toList();
    }

    private static String shortened(String frame) {
        return frame.length() <= LONGEST_FRAME ? frame : frame.substring(0, LONGEST_FRAME - 1) + "…";
    }

    private static MaskedLine sign(List<Thrown> whole, Masker masker) {
        List<Thrown> chain = whole.size() <= LONGEST_CHAIN
                ? whole
                : Stream.concat(whole.subList(0, LONGEST_CHAIN - 1).stream(), Stream.of(whole.get(whole.size() - 1)))
                        .toList();
        boolean owned =
                chain.stream().anyMatch(thrown -> thrown.frames().stream().anyMatch(Frame::own));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chain.size(); i++) {
            Thrown thrown = chain.get(i);
            boolean root = i == chain.size() - 1;
            text.append(i == 0 ? "" : " caused by ").append(thrown.type());
            if (!thrown.message().isBlank()) {
                text.append(": ")
                        .append(masker.mask(withoutCause(thrown, chain, i)).text());
            }
            for (String frame : frames(thrown, owned, root)) {
                text.append(" at ").append(frame);
            }
        }
        return MaskedLine.of(cut(text), MaskedLine.Kind.EXCEPTION);
    }

    private static String cut(StringBuilder text) {
        return text.length() <= MAX_CHARACTERS ? text.toString() : text.substring(0, MAX_CHARACTERS) + " <more>";
    }

    /** A wrapper's message often repeats its cause, {@code Wrapper: java.io.IOException: gone}: once is enough. */
    private static String withoutCause(Thrown thrown, List<Thrown> chain, int i) {
        String message = thrown.message();
        if (i + 1 < chain.size()) {
            int cause = message.indexOf(chain.get(i + 1).type());
            return cause >= 0 ? message.substring(0, cause) : message;
        }
        return message;
    }

    private static Set<String> frames(Thrown thrown, boolean owned, boolean root) {
        int most = !owned ? (root ? FOREIGN_FRAMES : 0) : root ? ROOT_FRAMES : WRAPPER_FRAMES;
        Set<String> frames = new LinkedHashSet<>();
        for (Frame frame : thrown.frames()) {
            if (frames.size() == most) {
                break;
            }
            if (frame.own() || !owned) {
                frames.add(frame.function());
            }
        }
        return frames;
    }
}
