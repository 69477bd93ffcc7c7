package io.faultprint.node.kafka;

import io.faultprint.node.child.NodePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The broker's settings: one node, on loopback, small, and otherwise as in production. */
final class KafkaSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private KafkaSettings() {}

    static Map<String, String> of(NodePlace place, Path log) throws IOException {
        String broker = "127.0.0.1:" + place.port();
        String controller = "127.0.0.1:" + place.port("controller");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("listeners", "BROKER://" + broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", "BROKER://" + broker);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("log.dirs", log.toString());
        topics(settings);
        small(settings);
        settings.putAll(place.properties());
        return settings;
    }

    private static void topics(Map<String, String> settings) {
        // A mistyped topic must be an error, not a new topic with the wrong number of partitions.
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // Streams' internal topics carry event time: a replay of last month's data is not to be refused as too old, and
        // what is more than an hour ahead has already been clamped by ingest.
        settings.put("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("log.message.timestamp.after.max.ms", "3600000");
    }

    private static void small(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The only broker is nobody's rival: a machine that stalls must not make it lose its leaders (see
        // FormerBroker).
        settings.put("broker.session.timeout.ms", "45000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // A crashed process comes back at once; its old membership should not be waited for longer than this.
        settings.put("group.min.session.timeout.ms", "1000");
        // Nothing of ours holds a transaction longer than seconds, and a hung one stalls every reader.
        settings.put("transaction.max.timeout.ms", "60000");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("log.segment.bytes", "67108864");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
    }
}
