package io.faultprint.node.opensearch;

import io.faultprint.node.child.NodeMain;
import io.faultprint.node.child.NodePlace;
import io.faultprint.node.child.NodeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.action.admin.cluster.health.ClusterHealthResponse;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.ingest.common.IngestCommonPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionPlugin;
import org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin;
import org.opensearch.transport.Netty4Plugin;

/** {@code java -jar faultprint-opensearch-node.jar --data DIR [--port N] [--property KEY=VALUE]...} */
public final class OpenSearchNode {

    /** What the distribution carries as modules, as far as an index of ours may want it. */
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4Plugin.class,
            CommonAnalysisPlugin.class,
            PainlessPlugin.class,
            ExpressionPlugin.class,
            ReindexPlugin.class,
            IngestCommonPlugin.class,
            MapperExtrasPlugin.class,
            MatrixAggregationPlugin.class);

    private static final TimeValue YELLOW_WITHIN = TimeValue.timeValueSeconds(60);

    private OpenSearchNode() {}

    /** Runs the node until standard input ends. */
    public static void main(String[] arguments) {
        NodeMain.run("faultprint-opensearch-node", arguments, OpenSearchNode::start);
    }

    private static NodeServer start(NodePlace place) throws Exception {
        Path home = place.folder("home");
        Files.createDirectories(home);
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings(place, home), Map.of(), home.resolve("config"), () -> "faultprint");
        Node node = new ModuleNode(environment, MODULES);
        node.start();
        awaitYellow(node);
        return node::close;
    }

    /** Every primary shard is there: searches see all that was written before the restart. */
    private static void awaitYellow(Node node) {
        ClusterHealthResponse health = node.client()
                .admin()
                .cluster()
                .prepareHealth()
                .setWaitForYellowStatus()
                .setTimeout(YELLOW_WITHIN)
                .get();
        if (health.isTimedOut()) {
            throw new IllegalStateException("the cluster is " + health.getStatus() + " after " + YELLOW_WITHIN + ": "
                    + health.getUnassignedShards() + " shards are not assigned; is a disk full or a file missing?");
        }
    }

    private static Settings settings(NodePlace place, Path home) {
        Settings.Builder settings = Settings.builder()
                .put("path.home", home.toString())
                .put("path.data", place.folder("data").toString())
                .put("path.logs", home.resolve("logs").toString())
                .put("cluster.name", "faultprint")
                .put("node.name", "faultprint")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", place.port())
                // Nobody else talks to the node inside; any free port will do.
                .put("transport.port", 0)
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                // A laptop's disk is often fuller than a data centre's; refusing to write at 95 % would look like a
                // fault.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("action.auto_create_index", true)
                .put("node.store.allow_mmap", true)
                .put(
                        "node.processors",
                        Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors())));
        place.properties().forEach(settings::put);
        return settings.build();
    }

    /** The constructor that takes modules from the class path is for subclasses. */
    private static final class ModuleNode extends Node {
        ModuleNode(Environment environment, Collection<Class<? extends Plugin>> modules) {
            super(environment, modules, false);
        }
    }
}
