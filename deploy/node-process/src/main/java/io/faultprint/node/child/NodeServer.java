package io.faultprint.node.child;

/** A server that is up. */
@FunctionalInterface
public interface NodeServer {

    /** Stops the server cleanly, with its data on disk. */
    void stop() throws Exception;

    /** How a server is started; returns when it can serve. */
    @FunctionalInterface
    interface Start {
        NodeServer in(NodePlace place) throws Exception;
    }
}
