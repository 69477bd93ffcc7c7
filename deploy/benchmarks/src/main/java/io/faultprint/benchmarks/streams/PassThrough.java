package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.event.Heartbeat;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Keys;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The least that a Streams application over the same topics can do: reads every event with the same serdes and decodes it,
 * encodes it again and writes it to a topic of copies. Heartbeats go to a topic of one partition, as the ticks of signals
 * do, so that both end with the same kind of word.
 */
final class PassThrough {

    private static final String COPIES = "copies";
    private static final String BEATS = "beats";
    private static final AvroCodec CODEC = AvroCodec.bundled();

    private PassThrough() {}

    /** Until the last heartbeat of every partition of every event topic has come. */
    static Stretch drain(Ground ground, Drain drain, Run run, long events)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ground.kafka()))) {
            admin.createTopics(List.of(
                            new NewTopic(run.topic(COPIES), Signals.PARTITIONS.events(), (short) 1),
                            new NewTopic(run.topic(BEATS), 1, (short) 1)))
                    .all()
                    .get();
        }
        return drain.run(run.application("pass-through"), topology(run), run.topic(BEATS), ended(), events);
    }

    private static Predicate<byte[]> ended() {
        int wanted = Topics.eventTopics().size() * Signals.PARTITIONS.events();
        int[] last = new int[1];
        return word -> {
            if (CODEC.decode(word) instanceof Heartbeat beat && beat.getFinal$()) {
                last[0]++;
            }
            return last[0] == wanted;
        };
    }

    static Topology topology(Run run) {
        Topology topology = new Topology();
        topology.addSource(
                "events",
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                Topics.eventTopics().stream().map(Topic::name).map(run::topic).toArray(String[]::new));
        topology.addProcessor("pass", () -> new Pass(run.topic(COPIES), run.topic(BEATS)), "events");
        topology.addSink(
                COPIES,
                run.topic(COPIES),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                (String topic, String key, byte[] value, int partitions) ->
                        Optional.of(Set.of(Keys.partition(key, partitions))),
                "pass");
        topology.addSink(
                BEATS,
                run.topic(BEATS),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                "pass");
        return topology;
    }

    private static final class Pass implements Processor<String, byte[], String, byte[]> {

        private final String copies;
        private final String beats;
        private ProcessorContext<String, byte[]> context;

        @SuppressWarnings("NullAway.Init") // Kafka Streams gives the context in init
        Pass(String copies, String beats) {
            this.copies = copies;
            this.beats = beats;
        }

        @Override
        public void init(ProcessorContext<String, byte[]> given) {
            context = given;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            SpecificRecord event = CODEC.decode(record.value());
            boolean beat = event instanceof Heartbeat;
            byte[] bytes = CODEC.encode(beat ? beats : copies, event);
            context.forward(record.withValue(bytes), beat ? BEATS : COPIES);
        }
    }
}
