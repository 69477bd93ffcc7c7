package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.load.Digests;
import io.faultprint.benchmarks.load.RecordedLoad;
import io.faultprint.benchmarks.measure.Benchmark;
import io.faultprint.benchmarks.measure.Contest;
import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Result;
import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.topology.incidents.IncidentsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What {@code incidents} does with digests: a hundred services that call each other in a ring, of which one fails anew for
 * two windows of twenty. Its events are digests. One failure of another
 * environment, in the last window, ends the clock.
 */
public final class IncidentsBenchmark implements Benchmark {

    private static final int SERVICES = 100;
    private static final int PERIOD = 20;
    private static final int FAILING = 2;
    private static final String LAST = "last";
    private static final AvroCodec CODEC = AvroCodec.bundled();

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String about() {
        return "digests to incidents, exactly once; its events are digests";
    }

    @Override
    public Result run(Ground ground) throws IOException, ExecutionException, InterruptedException {
        int windows = Math.max(PERIOD, ground.events() / SERVICES);
        long digests = (long) windows * SERVICES;
        Drain drain = Drain.exactlyOnce(ground);
        return new Contest<Run>()
                .with(
                        "incidents",
                        run -> drain.run(
                                run.application("incidents"),
                                topology(run),
                                run.topic(Topics.INCIDENTS.name()),
                                IncidentsBenchmark::last,
                                digests))
                .run(ground, round -> {
                    ground.tell("writing " + digests + " digests");
                    Run run = ground.run(Signals.PARTITIONS);
                    write(ground.kafka(), run, windows);
                    return run;
                });
    }

    private static Topology topology(Run run) {
        return IncidentsTopology.build(
                run,
                Signals.PARTITIONS.events(),
                Windows.DEFAULT,
                IncidentSettings.DEFAULT,
                "benchmark",
                CODEC,
                new SimpleMeterRegistry(),
                new Board());
    }

    private static boolean last(byte[] word) {
        return CODEC.decode(word) instanceof Incident incident
                && incident.getEnvironment().equals(LAST);
    }

    private static void write(String kafka, Run run, int windows) {
        Map<String, Object> settings = new HashMap<>(RecordedLoad.SAFE);
        settings.put("bootstrap.servers", kafka);
        settings.put("linger.ms", 5);
        settings.put("compression.type", "lz4");
        AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Out out = new Out(producer, run.topic(Topics.DIGESTS.name()), lost);
            for (int window = 0; window < windows; window++) {
                out.window(window);
            }
            out.send(LAST, Digests.failing(LAST, "last", "sig2-last", windows));
            out.closed(windows);
        }
        Exception problem = lost.get();
        if (problem != null) {
            throw new IllegalStateException("the digests could not be written", problem);
        }
    }

    private record Out(
            KafkaProducer<byte[], byte[]> producer, String topic, AtomicReference<@Nullable Exception> lost) {

        void window(int window) {
            boolean trouble = window % PERIOD < FAILING;
            int failing = window / PERIOD % SERVICES;
            for (int service = 0; service < SERVICES; service++) {
                String name = "service-" + service;
                String callee = "service-" + (service + 1) % SERVICES;
                send(
                        "prod",
                        trouble && service == failing
                                ? Digests.failing("prod", name, "sig2-%016x".formatted(window / PERIOD), window)
                                : Digests.calm("prod", name, callee, window));
            }
            closed(window);
        }

        void closed(int window) {
            for (int source = 0; source < Signals.PARTITIONS.events(); source++) {
                send("", Digests.closed(source, Signals.PARTITIONS.events(), window));
            }
        }

        void send(String key, SpecificRecord value) {
            var unused = producer.send(
                    new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), CODEC.encode(topic, value)),
                    (metadata, problem) -> lost.compareAndSet(null, problem));
        }
    }
}
