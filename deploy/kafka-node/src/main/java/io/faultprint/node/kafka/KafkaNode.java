package io.faultprint.node.kafka;

import io.faultprint.node.child.NodeMain;
import io.faultprint.node.child.NodePlace;
import io.faultprint.node.child.NodeServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** {@code java -jar faultprint-kafka-node.jar --data DIR [--port N] [--property KEY=VALUE]...} */
public final class KafkaNode {

    private KafkaNode() {}

    /** Runs the broker until standard input ends. */
    public static void main(String[] arguments) {
        NodeMain.run("faultprint-kafka-node", arguments, KafkaNode::start);
    }

    private static NodeServer start(NodePlace place) throws Exception {
        Path log = place.folder("log");
        Map<String, String> settings = KafkaSettings.of(place, log);
        format(log);
        if (FormerBroker.died(log)) {
            FormerBroker.fence(settings);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return () -> {
            server.shutdown();
            server.awaitShutdown();
        };
    }

    /** What {@code kafka-storage.sh format} does, when it has not been done in this directory. */
    private static void format(Path log) throws Exception {
        if (Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(log);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(KafkaSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                .setIgnoreFormatted(true)
                .run();
    }
}
