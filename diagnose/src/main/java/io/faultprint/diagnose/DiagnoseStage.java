package io.faultprint.diagnose;

import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.gate.GateCounts;
import io.faultprint.diagnose.gate.GateSettings;
import io.faultprint.diagnose.gate.GateWorker;
import io.faultprint.diagnose.index.IndexCounts;
import io.faultprint.diagnose.index.IndexWorker;
import io.faultprint.diagnose.index.Ledger;
import io.faultprint.diagnose.index.PulseIndexer;
import io.faultprint.diagnose.index.Retention;
import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.OpenSearchStore;
import io.faultprint.id.Ids;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Stage;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.faultprint.watch.KafkaPulseSink;
import io.faultprint.watch.Pulses;
import io.faultprint.watch.Who;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The diagnose stage: workers on threads of their own, two that index and one that diagnoses. Kafka must be there at
 * the start; OpenSearch is waited for, while diagnoses are made.
 */
public final class DiagnoseStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(DiagnoseStage.class);
    private static final long STOP_SECONDS = 15;

    /** The topics whose records this stage makes. */
    private static final List<Topic> WRITTEN = List.of(Topics.DIAGNOSES, Topics.PULSE);

    private final DiagnoseConfig config;
    private final IncidentStore store;
    private final InstantSource clock;
    private final Diagnosing diagnosing;
    private final MeterRegistry meters;
    private final GateCounts gateCounts;
    private final IndexCounts indexCounts;
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable GateWorker gate;
    private @Nullable IndexWorker indexer;
    private @Nullable IndexWorker ledger;
    private @Nullable Retention retention;
    private @Nullable PulseIndexer pulseIndexer;
    private volatile @Nullable Pulses pulses;
    private volatile @Nullable TopicSchemas schemas;
    private volatile @Nullable Throwable broken;
    private volatile boolean closed;

    /** The stage as production runs it. */
    public DiagnoseStage(DiagnoseConfig config, MeterRegistry meters) {
        this(
                config,
                meters,
                openSearch(config),
                Models.of(config.model(), Clock.systemUTC(), meters),
                Clock.systemUTC());
    }

    /** The stage with a store of the caller's, which it closes. */
    public DiagnoseStage(DiagnoseConfig config, MeterRegistry meters, IncidentStore store) {
        this(config, meters, store, Models.of(config.model(), Clock.systemUTC(), meters), Clock.systemUTC());
    }

    DiagnoseStage(
            DiagnoseConfig config,
            MeterRegistry meters,
            IncidentStore store,
            Optional<Engine> model,
            InstantSource clock) {
        this.config = config;
        this.store = store;
        this.diagnosing = new Diagnosing(config, model);
        this.clock = clock;
        this.meters = meters;
        this.gateCounts = new GateCounts(meters);
        this.indexCounts = new IndexCounts(meters);
    }

    @Override
    public void start() {
        Run run = config.run().run();
        Clients clients =
                new Clients(config.kafka().bootstrapServers(), config.kafka().properties(), run);
        checkTopics(clients, run);
        TopicSchemas read = TopicSchemas.open(config.registry(), run, WRITTEN, clock, meters);
        schemas = read;
        AvroCodec codec = read.codec();
        Windows windows = config.window().windows();
        gate = new GateWorker(
                clients,
                codec,
                diagnosing.board(),
                diagnosing.consultation(),
                gateSettings(config.gate()),
                clock,
                gateCounts);
        indexer = new IndexWorker(clients, codec, store, indexCounts);
        ledger = new IndexWorker(
                clients,
                new Ledger(
                        codec,
                        run,
                        config.partitions().events(),
                        windows,
                        new Redaction(config.redact().key())),
                store,
                indexCounts);
        launch("diagnose-gate", gate);
        launch("diagnose-index", indexer);
        launch("diagnose-ledger", ledger);
        pulseIndexer = new PulseIndexer(clients, config.partitions().incidents(), codec, store);
        launch("diagnose-pulse", pulseIndexer);
        pulses = pulses(clients, run, read, gate, indexer, ledger);
        // A replay's events may be years old, and are looked at now.
        if (!config.retention().keep().isZero() && run.id().isEmpty()) {
            retention = new Retention(store, config.retention().keep(), clock);
            retention.start();
        }
        LOG.info(
                "diagnosing with {}, indexing into {}",
                diagnosing.engine(),
                config.opensearch().url());
    }

    private Pulses pulses(
            Clients clients,
            Run run,
            TopicSchemas read,
            GateWorker gateNow,
            IndexWorker indexerNow,
            IndexWorker ledgerNow) {
        DiagnoseWatch watch = new DiagnoseWatch(
                gateNow::state,
                indexerNow::state,
                ledgerNow::state,
                () -> broken,
                gateCounts,
                indexCounts,
                config.pulse().blindAfter(),
                clock,
                meters);
        Who who = new Who("diagnose", owner(config.gate()), fingerprint());
        return new Pulses(
                        who,
                        run.id(),
                        config.pulse(),
                        () -> read.over(watch.look()),
                        new KafkaPulseSink(clients.settings(), run, read.codec(), who),
                        clock,
                        meters)
                .start();
    }

    /** Of what diagnoses depend on; nothing secret is in it. */
    private String fingerprint() {
        return Ids.hash(
                config.window().toString(),
                Boolean.toString(config.model().enabled()),
                config.model().name(),
                config.gate().hold().toString());
    }

    private void checkTopics(Clients clients, Run run) {
        try (Admin admin = clients.admin()) {
            new TopicAdmin(admin, run, config.partitions().partitions()).check();
        } catch (IllegalStateException | KafkaException e) {
            throw TopicAdmin.noBroker(config.kafka().bootstrapServers(), e);
        }
    }

    private void launch(String name, Runnable worker) {
        Thread thread = new Thread(worker, name);
        thread.setUncaughtExceptionHandler((where, problem) -> {
            LOG.error("{} ended by a failure", where.getName(), problem);
            broken = problem;
        });
        threads.add(thread);
        thread.start();
    }

    @Override
    public Health check() {
        Throwable problem = broken;
        GateWorker gateNow = gate;
        IndexWorker indexerNow = indexer;
        IndexWorker ledgerNow = ledger;
        if (problem != null) {
            return Health.dead("a worker ended: " + problem);
        }
        if (gateNow == null || indexerNow == null || ledgerNow == null || closed) {
            return Health.notReady(closed ? "closed" : "not started");
        }
        List<String> states = List.of(gateNow.state(), indexerNow.state(), ledgerNow.state());
        String detail = "gate: " + states.get(0) + "; index: " + states.get(1) + "; ledger: " + states.get(2);
        Pulses watched = pulses;
        String trouble = watched == null ? "" : watched.trouble();
        detail += trouble.isEmpty() ? "" : "; " + trouble;
        boolean ready = states.stream().allMatch(state -> state.startsWith("working"));
        Health health = ready ? Health.ready(detail) : Health.notReady(detail);
        TopicSchemas read = schemas;
        return read == null ? health : read.over(health);
    }

    /** What has been done since the start. */
    public DiagnoseStatus status() {
        return new DiagnoseStatus(
                gateCounts.diagnoses(),
                gateCounts.modelCalls(),
                indexCounts.indexed(),
                indexCounts.waiting(),
                indexCounts.deadLettered(),
                indexCounts.staleDocuments());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (pulses != null) {
            pulses.close();
        }
        if (pulseIndexer != null) {
            pulseIndexer.close();
        }
        if (retention != null) {
            retention.close();
        }
        if (gate != null) {
            gate.close();
        }
        if (indexer != null) {
            indexer.close();
        }
        if (ledger != null) {
            ledger.close();
        }
        // After them: who waits for the registry is woken, and finds that it is to end.
        TopicSchemas read = schemas;
        if (read != null) {
            read.close();
        }
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        store.close();
    }

    private static IncidentStore openSearch(DiagnoseConfig config) {
        return new OpenSearchStore(config.opensearch().settings(), config.run().run());
    }

    private static GateSettings gateSettings(DiagnoseConfig.Gate gate) {
        return new GateSettings(owner(gate), gate.hold(), gate.threads(), gate.places());
    }

    private static String owner(DiagnoseConfig.Gate gate) {
        return gate.owner().isEmpty() ? Who.host() : gate.owner();
    }
}
