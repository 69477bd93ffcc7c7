package io.faultprint.node;

import java.nio.file.Path;
import java.util.List;

/** A parent that starts a plain node, says which process it is, and waits to be killed. */
final class PlainParent {

    private PlainParent() {}

    public static void main(String[] arguments) throws InterruptedException {
        NodeProcess node = NodeProcess.start(PlainLib.spec(Path.of(arguments[0]), Path.of(arguments[1])));
        System.out.println(node.pid());
        Thread.currentThread().join();
    }

    /** The command that runs it in a JVM of its own. */
    static List<String> command(Path lib, Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                PlainLib.classPath(),
                PlainParent.class.getName(),
                lib.toString(),
                data.toString());
    }
}
