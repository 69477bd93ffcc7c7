package io.faultprint.local.setup;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.diagnose.store.OpenSearchStore;
import io.faultprint.diagnose.store.PlannedIndex;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySetup;
import io.faultprint.serde.registry.SetupPlan;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.topic.PlannedTopic;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Topics, the changelogs of Kafka Streams, the subjects of a registry, index templates and aliases of one run. Everything that a stage needs is in the
 * plan, so that principals without the right to create can run the stages.
 */
public final class Setup implements AutoCloseable {

    private final SetupConfig config;
    private final Admin admin;
    private final TopicAdmin topics;
    private final @Nullable RegistrySetup registry;
    private final OpenSearchStore store;

    /**
     * Builds the clients; nothing is changed yet.
     *
     * @throws UsageError for an address that can be none
     */
    public Setup(SetupConfig config) {
        this.config = config;
        try {
            this.admin = Admin.create(KafkaSettings.asking(config.kafka().client()));
        } catch (KafkaException wrong) {
            throw TopicAdmin.noBroker(config.kafka().bootstrapServers(), wrong);
        }
        this.topics =
                new TopicAdmin(admin, config.run().run(), config.partitions().partitions());
        this.registry = config.registry().configured()
                ? new RegistrySetup(config.registry(), config.run().run())
                : null;
        this.store = new OpenSearchStore(creating(config), config.run().run());
    }

    /**
     * Everything that is needed, and how it stands; nothing is changed.
     *
     * @throws Unreachable when Kafka or OpenSearch does not answer
     */
    public List<Item> plan() {
        List<Item> items = new ArrayList<>();
        asked(topics::plan).forEach(topic -> items.add(item("topic", topic)));
        asked(() -> topics.look(changelogs())).forEach(topic -> items.add(item("changelog", topic)));
        registry().ifPresent(subjects -> subjects.plan().subjects().forEach(subject -> items.add(item(subject))));
        for (PlannedIndex index : indices()) {
            items.add(new Item(
                    index.kind(),
                    index.name(),
                    index.what(),
                    Item.State.valueOf(index.state().name())));
        }
        return items;
    }

    /** Creates what is missing, and adds to indices and templates what this version has and they lack. */
    public void create() {
        short replication = (short) config.topics().replication();
        asked(() -> topics.ensure(replication));
        asked(() -> topics.create(topics.look(changelogs()), replication));
        registry().ifPresent(this::register);
        try {
            store.prepare();
        } catch (StoreUnavailable away) {
            throw away(away);
        }
    }

    /** With the very names and counts that correlate has by this configuration. */
    private List<PlannedTopic> changelogs() {
        CorrelateConfig correlate = ConfigLoader.of(
                CorrelateConfig.class,
                Map.of(
                        "run.prefix", config.run().prefix(),
                        "run.id", config.run().id(),
                        "partitions.events",
                                Integer.toString(config.partitions().events()),
                        "partitions.incidents",
                                Integer.toString(config.partitions().incidents())));
        try (CorrelateStage stage = new CorrelateStage(correlate, new SimpleMeterRegistry())) {
            return stage.changelogs().stream()
                    .map(changelog -> PlannedTopic.of(changelog.topic(), changelog.partitions(), changelog.settings()))
                    .toList();
        }
    }

    private Optional<RegistrySetup> registry() {
        return Optional.ofNullable(registry);
    }

    private void register(RegistrySetup subjects) {
        List<String> refused = subjects.apply().subjects().stream()
                .filter(SetupPlan.Subject::conflict)
                .map(subject -> item(subject).detail())
                .toList();
        if (!refused.isEmpty()) {
            throw new UsageError(config.registry().place() + ": " + String.join("; ", refused));
        }
    }

    private static Item item(SetupPlan.Subject subject) {
        List<String> detail = new ArrayList<>();
        detail.add(subject.compatibility());
        Item.State state = subject.compatible() ? Item.State.THERE : Item.State.MISSING;
        for (SetupPlan.Version version : subject.versions()) {
            detail.add(words(version));
            if (version.state() == SetupPlan.State.MISSING) {
                state = Item.State.MISSING;
            }
        }
        return new Item(
                "subject", subject.name(), String.join(", ", detail), subject.conflict() ? Item.State.CONFLICT : state);
    }

    private static String words(SetupPlan.Version version) {
        String what = "version " + version.number() + " of " + version.record().replaceFirst(".*\\.", "");
        return switch (version.state()) {
            case PRESENT, REGISTERED -> what + " has id " + version.id().orElse(0);
            case MISSING -> what + " to register";
            case PASSED_OVER, CONFLICT -> what + ": " + version.detail();
        };
    }

    private static Item item(String kind, PlannedTopic topic) {
        Item.State state =
                topic.missing() ? Item.State.MISSING : topic.conflicting() ? Item.State.CONFLICT : Item.State.THERE;
        List<String> detail = new ArrayList<>();
        detail.add(topic.partitions()
                + (topic.partitions() == 1 ? " partition" : " partitions")
                + (topic.conflicting() ? ", but it has " + topic.found() : ""));
        new TreeMap<>(topic.settings()).forEach((key, value) -> detail.add(key + "=" + value));
        return new Item(kind, topic.name(), String.join(", ", detail), state);
    }

    private List<PlannedIndex> indices() {
        try {
            return store.plan();
        } catch (StoreUnavailable away) {
            throw away(away);
        }
    }

    private <T> T asked(Supplier<T> question) {
        String servers = config.kafka().bootstrapServers();
        try {
            return question.get();
        } catch (IllegalStateException | KafkaException problem) {
            throw TopicAdmin.noBroker(servers, problem);
        }
    }

    private Unreachable away(StoreUnavailable away) {
        return new Unreachable(
                "opensearch.url " + config.opensearch().url() + ": " + away.getMessage()
                        + "; start OpenSearch, or name another",
                away);
    }

    private static OpenSearchSettings creating(SetupConfig config) {
        OpenSearchSettings set = config.opensearch().settings();
        return new OpenSearchSettings(
                set.url(), set.username(), set.password(), set.certificate(), set.timeout(), true);
    }

    @Override
    public void close() {
        store.close();
        registry().ifPresent(RegistrySetup::close);
        admin.close();
    }
}
