package io.faultprint.notify;

import io.faultprint.id.Ids;
import io.faultprint.notify.form.AlertmanagerForm;
import io.faultprint.notify.form.Form;
import io.faultprint.notify.form.JsonForm;
import io.faultprint.notify.form.Origin;
import io.faultprint.notify.form.WebhookForm;
import io.faultprint.notify.kafka.Clients;
import io.faultprint.notify.receiver.Sender;
import io.faultprint.notify.receiver.TargetCounts;
import io.faultprint.notify.receiver.TargetSettings;
import io.faultprint.notify.receiver.TargetWorker;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Stage;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.topic.Run;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notify stage: for each target a worker on a thread of its own, with a place of its own in the topics, so that one that
 * is away keeps no other waiting. Kafka and its topics must be there at the start; targets are waited for.
 */
public final class NotifyStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyStage.class);
    private static final long STOP_SECONDS = 15;

    private final NotifyConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final List<TargetWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Pulses pulses;
    private volatile @Nullable TopicSchemas schemas;
    private volatile @Nullable Throwable broken;
    private volatile boolean started;
    private volatile boolean closed;

    /** The stage as production runs it. */
    public NotifyStage(NotifyConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        this.clock = Clock.systemUTC();
    }

    @Override
    public void start() {
        if (config.targets().isEmpty()) {
            throw new UsageError(
                    "targets: there is none, so nobody would be told; set targets.NAME.url for each receiver");
        }
        Run run = config.run().run();
        Clients clients = new Clients(config.kafka(), run);
        Map<String, Sender> senders = senders();
        checkTopics(clients, run);
        TopicSchemas read = TopicSchemas.open(config.registry(), run, List.of(Topics.PULSE), clock, meters);
        schemas = read;
        AvroCodec codec = read.codec();
        senders.forEach((name, sender) -> {
            NotifyConfig.Target target = target(name);
            Origin origin = new Origin(name, run.id(), config.tell().link());
            TargetSettings settings = config.settings(name, target);
            TargetCounts counts = new TargetCounts(meters, name, clock);
            workers.add(new TargetWorker(settings, form(target, origin), sender, clients, codec, counts, clock));
        });
        workers.forEach(worker -> launch("notify-" + worker.name(), worker));
        NotifyWatch watch =
                new NotifyWatch(workers, () -> broken, config.pulse().blindAfter(), clock);
        String instance = config.tell().instance();
        Who who = new Who("notify", instance.isEmpty() ? Who.host() : instance, fingerprint());
        pulses = new Pulses(
                        who,
                        run.id(),
                        config.pulse(),
                        () -> read.over(watch.look()),
                        new KafkaPulseSink(config.kafka().client(), run, codec, who),
                        clock,
                        meters)
                .start();
        started = true;
        LOG.info("notifying {}", config.targets().keySet().stream().sorted().toList());
    }

    /** A certificate that cannot be read stops the start before anything is connected. */
    private Map<String, Sender> senders() {
        Map<String, Sender> senders = new TreeMap<>();
        config.targets().forEach((name, target) -> {
            try {
                senders.put(name, new Sender(config.settings(name, target), clock));
            } catch (IllegalArgumentException e) {
                throw new UsageError("targets." + name + "." + e.getMessage(), e);
            }
        });
        return senders;
    }

    private NotifyConfig.Target target(String name) {
        return Objects.requireNonNull(config.targets().get(name), name);
    }

    private static Form form(NotifyConfig.Target target, Origin origin) {
        return switch (target.form()) {
            case JSON -> new JsonForm(origin);
            case ALERTMANAGER -> new AlertmanagerForm(origin, target.hold());
            case ALERTMANAGER_WEBHOOK -> new WebhookForm(origin);
        };
    }

    /** Of what is told; nothing secret is in it. */
    private String fingerprint() {
        return Ids.hash(new TreeMap<>(config.targets())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().form() + " "
                                + entry.getValue().environments() + " "
                                + entry.getValue().severity())
                        .collect(Collectors.joining(";")));
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
        if (problem != null) {
            return Health.dead("a worker ended: " + problem);
        }
        if (!started || closed) {
            return Health.notReady(closed ? "closed" : "not started");
        }
        String detail = workers.stream()
                .map(worker -> worker.name() + ": " + worker.state())
                .collect(Collectors.joining("; "));
        Pulses watched = pulses;
        String trouble = watched == null ? "" : watched.trouble();
        detail += trouble.isEmpty() ? "" : "; " + trouble;
        boolean ready = workers.stream().allMatch(worker -> worker.state().startsWith("working"));
        Health health = ready ? Health.ready(detail) : Health.notReady(detail);
        TopicSchemas read = schemas;
        return read == null ? health : read.over(health);
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
        workers.forEach(TargetWorker::close);
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
    }
}
