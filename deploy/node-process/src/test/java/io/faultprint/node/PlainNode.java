package io.faultprint.node;

import io.faultprint.node.child.NodeMain;
import io.faultprint.node.child.NodePlace;
import io.faultprint.node.child.NodeServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest server that is one: it holds its port. Its settings tell it to misbehave. */
final class PlainNode {

    private PlainNode() {}

    public static void main(String[] arguments) {
        NodeMain.run("plain-node", arguments, PlainNode::start);
    }

    private static NodeServer start(NodePlace place) throws Exception {
        System.out.println("a line that a library prints");
        switch (place.properties().getOrDefault("mood", "good")) {
            case "broken" -> throw new IllegalStateException("the disk is made of cheese");
            case "slow" -> Thread.currentThread().join();
            default -> {}
        }
        ServerSocket socket = new ServerSocket(place.port(), 1, InetAddress.getLoopbackAddress());
        Path stopped = place.folder("stopped");
        return () -> {
            socket.close();
            Files.createFile(stopped);
        };
    }
}
