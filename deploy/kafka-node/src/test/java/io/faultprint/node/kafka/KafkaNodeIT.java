package io.faultprint.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeSpec;
import io.faultprint.node.NodeStartException;
import io.faultprint.node.Nodes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as its parent sees it. */
class KafkaNodeIT {

    @TempDir
    Path data;

    @Test
    void committedTransactionsSurviveAKillAndAbortedOnesAreNeverSeen() throws Exception {
        int port;
        try (NodeProcess kafka = Nodes.kafka(data)) {
            Client client = new Client(kafka.address());
            port = kafka.port();
            client.createTopic("orders");
            client.sendInTransaction("orders", "kept", true);
            client.sendInTransaction("orders", "taken back", false);
            kafka.kill();
        }

        try (NodeProcess again = Nodes.kafka(data)) {
            Client client = new Client(again.address());
            assertThat(again.port()).isEqualTo(port);
            client.sendInTransaction("orders", "after", true);
            assertThat(client.read("orders", 2)).containsExactly("kept", "after");
        }
    }

    @Test
    void aTransactionThatRanOutWhileTheBrokerWasDeadHoldsUpNobodyAfterwards() throws Exception {
        try (NodeProcess kafka = Nodes.kafka(data)) {
            Client client = new Client(kafka.address());
            client.createTopic("orders");
            client.leaveOpen("orders", 5);
            kafka.kill();
        }

        try (NodeProcess again = Nodes.kafka(data)) {
            Client client = new Client(again.address());
            client.sendInTransaction("orders", "after", true);
            assertThat(client.read("orders", 1)).containsExactly("after");
        }
    }

    @Test
    void aSecondProcessOnTheDirectoryIsRefusedAndTheFirstServesOnAndEndsCleanly() throws Exception {
        NodeProcess kafka = Nodes.kafka(data);
        Client client = new Client(kafka.address());

        assertThatThrownBy(() -> Nodes.kafka(data))
                .isInstanceOfSatisfying(
                        NodeStartException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessageContaining(data.toString())
                .hasMessageContaining("in use by process " + kafka.pid());
        client.createTopic("orders");
        client.sendInTransaction("orders", "still here", true);
        assertThat(client.read("orders", 1)).containsExactly("still here");

        kafka.close();
        assertThat(kafka.onExit().get(1, TimeUnit.SECONDS)).isZero();
        assertThat(data.resolve("log/.kafka_cleanshutdown")).exists();
    }

    @Test
    void aTakenPortIsNamedAndAWrongSettingIsToo() throws Exception {
        NodeSpec spec = Nodes.here().kafkaSpec(data);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> NodeProcess.start(spec.withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            NodeStartException.class,
                            e -> assertThat(e.refused()).isTrue())
                    .hasMessageContaining("--port " + taken.getLocalPort())
                    .hasMessageContaining("is taken");
        }

        assertThatThrownBy(() -> NodeProcess.start(spec.withProperty("num.io.threads", "many")))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("num.io.threads")
                .hasMessageContaining("many");
    }
}
