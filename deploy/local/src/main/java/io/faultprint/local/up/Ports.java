package io.faultprint.local.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which port to listen on: the usual one, or any free one when somebody has it. */
final class Ports {

    private Ports() {}

    /** {@code usual} when it is free on the loopback address; 0, which asks for any, when it is not. */
    static int usualOrAny(int usual) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), usual));
            return usual;
        } catch (IOException taken) {
            return 0;
        }
    }
}
