package io.faultprint.local;

import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.diagnose.store.OpenSearchStore;
import io.faultprint.local.data.Addresses;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * OpenSearch for a question: that of the Faultprint that runs on the data directory, or, when none runs there, the
 * directory's own node, started for as long as the question takes; or one of the user's.
 */
final class StoreAccess implements AutoCloseable {

    private final IncidentStore store;
    private final @Nullable NodeProcess node;
    private final @Nullable DirectoryLock lock;

    private StoreAccess(IncidentStore store, @Nullable NodeProcess node, @Nullable DirectoryLock lock) {
        this.store = store;
        this.node = node;
        this.lock = lock;
    }

    /**
     * One of the user's.
     *
     * @throws UsageError when its certificate cannot be read, or it has nothing of this run
     * @throws io.faultprint.diagnose.store.StoreUnavailable when it does not answer
     */
    static StoreAccess of(OpenSearchSettings settings, Run run) {
        OpenSearchStore store = store(settings, run);
        boolean found = false;
        try {
            found = store.readable();
        } finally {
            if (!found) {
                store.close();
            }
        }
        if (!found) {
            throw new UsageError("--opensearch " + settings.url() + ": there is no index " + run.index("incidents")
                    + "; give another --prefix or --run (faultprint setup makes it)");
        }
        return new StoreAccess(store, null, null);
    }

    private static OpenSearchStore store(OpenSearchSettings settings, Run run) {
        try {
            return new OpenSearchStore(settings, run);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--" + wrong.getMessage(), wrong);
        }
    }

    static StoreAccess open(Path root, Run run, Terminal terminal) {
        DataDirectory directory = DataDirectory.at(root);
        if (!directory.exists()) {
            throw new UsageError("--data " + directory.root()
                    + ": Faultprint has kept nothing here; start it with faultprint up, or give another directory");
        }
        Addresses running = directory.running();
        if (running != null) {
            return new StoreAccess(store(running.openSearch(), run), null, null);
        }
        DirectoryLock lock = directory.lock();
        try {
            terminal.status("no Faultprint runs on " + directory.root() + "; starting its OpenSearch to read it");
            NodeProcess node = NodeProcess.start(Nodes.here().openSearchSpec(directory.openSearch()));
            return new StoreAccess(store("http://" + node.address(), run), node, lock);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    IncidentStore store() {
        return store;
    }

    private static IncidentStore store(String address, Run run) {
        return new OpenSearchStore(OpenSearchSettings.at(address), run);
    }

    @Override
    public void close() {
        store.close();
        if (node != null) {
            node.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
