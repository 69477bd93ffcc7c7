package io.faultprint.node;

/**
 * A broker and an OpenSearch node that were started side by side.
 *
 * @param kafka the broker
 * @param openSearch the OpenSearch node
 */
public record NodePair(NodeProcess kafka, NodeProcess openSearch) implements AutoCloseable {

    /** Starts both, and returns when both serve. When one does not come up, the other is ended too. */
    public static NodePair start(NodeSpec kafka, NodeSpec openSearch) {
        NodeProcess first = NodeProcess.launch(kafka);
        try {
            NodeProcess second = NodeProcess.launch(openSearch);
            try {
                return new NodePair(first.awaitReady(), second.awaitReady());
            } catch (NodeStartException e) {
                second.close();
                throw e;
            }
        } catch (NodeStartException e) {
            first.close();
            throw e;
        }
    }

    /** Ends OpenSearch while Kafka is ending, and returns when both are gone. */
    @Override
    public void close() {
        try (kafka) {
            openSearch.close();
        }
    }
}
