package io.faultprint.local.setup;

import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.RunSettings;

/** What is to be set up, and where: the keys that the stages have too. */
public record SetupConfig(
        KafkaSettings kafka,
        RunSettings run,
        PartitionSettings partitions,
        Topics topics,
        RegistrySettings registry,
        DiagnoseConfig.Opensearch opensearch) {

    /** How topics are made. */
    public record Topics(
            @Default("-1") @About("replication of new topics; -1 for the broker's default")
            int replication) {
        public Topics {
            Require.that(
                    replication == -1 || (replication >= 1 && replication <= Short.MAX_VALUE),
                    "replication",
                    "1 or more, or -1 for the broker's default");
        }
    }
}
