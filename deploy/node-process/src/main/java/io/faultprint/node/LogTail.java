package io.faultprint.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The last lines that a child wrote, for the message of the day it does not start. */
final class LogTail {

    private static final int LINES = 40;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized String text() {
        return String.join(System.lineSeparator(), lines);
    }

    /** Reads a stream to its end on a thread of its own, so that the child never blocks on a full pipe. */
    static Thread drain(String name, InputStream stream, Consumer<String> eachLine) {
        Thread thread = new Thread(() -> readLines(stream, eachLine), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void readLines(InputStream stream, Consumer<String> eachLine) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                eachLine.accept(line);
            }
        } catch (IOException endOfTheChild) {
            eachLine.accept("(the stream broke off: " + endOfTheChild.getMessage() + ")");
        }
    }
}
