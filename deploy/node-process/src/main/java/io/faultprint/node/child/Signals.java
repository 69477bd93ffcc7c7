package io.faultprint.node.child;

import java.lang.reflect.Method;

/**
 * Ctrl-C in a terminal reaches the whole process group, and so does the SIGTERM of a service manager. A supervised node
 * leaves both to its parent, which ends the stages first and then closes our standard input; a broker that is gone
 * before its clients makes them wait and retry. SIGKILL still ends it, and so does the death of the parent.
 */
final class Signals {

    private Signals() {}

    static void leaveToParent() {
        for (String name : new String[] {"INT", "HUP", "TERM"}) {
            ignore(name);
        }
    }

    /** By reflection, because javac cannot be told to accept these classes where warnings are errors. */
    private static void ignore(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance(name),
                    handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            System.err.println("signal " + name + " stays as it is: " + e);
        }
    }
}
