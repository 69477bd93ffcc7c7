package io.faultprint.node.kafka;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * The broker that died in this directory. The controller takes it for alive until its session is over, and its successor,
 * which serves by what stood in the metadata meanwhile, loses all its leaders for a moment then. A transaction that ends in
 * that moment never ends in those partitions (KAFKA-20734, open in 4.3.1: a partition without a leader is taken for a
 * deleted one, and its marker is left out), and whoever reads committed records stands still. So the controller runs
 * alone first, until it knows that nobody lives.
 */
final class FormerBroker {

    /** Kafka writes it when a broker was stopped in good order, and removes it at the next start. */
    private static final String STOPPED = ".kafka_cleanshutdown";

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** A controller that leads and still knows of no broker after this: it died before it had registered. */
    private static final long UNREGISTERED_NANOS = 5_000_000_000L;

    private static final long LOOK_MILLIS = 20;

    private FormerBroker() {}

    /** Whether a broker ran in this directory and was not stopped in good order. */
    static boolean died(Path log) {
        return Files.isDirectory(log.resolve("__cluster_metadata-0")) && !Files.exists(log.resolve(STOPPED));
    }

    /** Returns when the controller has counted it out. */
    static void fence(Map<String, String> settings) throws InterruptedException, JMException {
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(alone(settings), false), Time.SYSTEM);
        controller.startup();
        try {
            long begin = System.nanoTime();
            // Both counts are 0 until the controller has read what it knows.
            while (number("FencedBrokerCount") < 1 || number("ActiveBrokerCount") != 0) {
                long waited = System.nanoTime() - begin;
                if (waited > UNREGISTERED_NANOS && number("ActiveControllerCount") == 1 && unregistered()) {
                    return;
                }
                if (waited > PATIENCE_NANOS) {
                    throw new IllegalStateException("the controller still takes the broker that died for alive after "
                            + PATIENCE_NANOS / 1_000_000_000 + " s");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static boolean unregistered() throws JMException {
        return number("FencedBrokerCount") == 0 && number("ActiveBrokerCount") == 0;
    }

    private static Map<String, String> alone(Map<String, String> settings) {
        Map<String, String> alone = new LinkedHashMap<>(settings);
        alone.put("process.roles", "controller");
        alone.computeIfPresent("listeners", (key, both) -> both.replaceFirst("^.*,", ""));
        alone.remove("advertised.listeners");
        alone.remove("inter.broker.listener.name");
        alone.put("broker.session.timeout.ms", "1000");
        return alone;
    }

    private static int number(String gauge) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("kafka.controller:type=KafkaController,name=" + gauge);
        return beans.isRegistered(name) ? ((Number) beans.getAttribute(name, "Value")).intValue() : -1;
    }
}
