package io.faultprint.benchmarks;

import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Logs;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to read a foreign topic: its door beside a plain copy of the same topic into another one, in turn, on the
 * same broker, both in transactions of at most 1,000 records or a mebibyte with their offsets; and beside a copy in
 * transactions as large as a poll, 50,000 records or 16 MiB. A quick copy in short ones mostly waits until Kafka has done
 * with its last one, so it alone would flatter the door. A rate is of the records
 * after the first commit, so that joining a group counts for neither.
 *
 * <p>Arguments: rounds (default 5), records per topic of one event each (default 200000); the topic of requests with a
 * hundred events has a twentieth of that.
 */
public final class ForeignPrice {

    private static final int LOGS_IN_A_RECORD = 100;

    /** How large a transaction may be. */
    private record Size(int records, int bytes) {}

    private static final Size SHORT = new Size(1_000, 1 << 20);
    private static final Size LONG = new Size(50_000, 16 << 20);

    private final String kafka;
    private final Path directory;
    private int runs;

    private ForeignPrice(String kafka, Path directory) {
        this.kafka = kafka;
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, ExecutionException, InterruptedException {
        Logs.off();
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
        Path directory = Files.createTempDirectory("foreign-price");
        try (NodeProcess broker = Nodes.kafka(directory.resolve("kafka"))) {
            ForeignPrice price = new ForeignPrice(broker.address(), directory);
            price.compare("otlp-logs-protobuf", rounds, events / 20, LOGS_IN_A_RECORD, ForeignPrice::otlp);
            price.compare("otlp-logs-protobuf", rounds, events, 1, n -> otlp(n, 1));
            price.compare("ecs", rounds, events, 1, ForeignPrice::ecs);
        }
    }

    private static byte[] otlp(int n) {
        return otlp(n, LOGS_IN_A_RECORD);
    }

    private static byte[] otlp(int n, int logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < logs; i++) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setSeverityNumberValue(9)
                    .setBody(text(line(n, i)))
                    .addAttributes(attribute("http.route", "/orders"))
                    .addAttributes(attribute("thread.name", "worker-" + i % 8)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "orders-" + n % 20)))
                        .addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static byte[] ecs(int n) {
        return ("{\"@timestamp\":\"" + Instant.now() + "\",\"log.level\":\"INFO\",\"message\":\"" + line(n, n % 8)
                        + "\",\"service.name\":\"orders-" + n % 20
                        + "\",\"http.route\":\"/orders\",\"process.thread.name\":\"worker-" + n % 8
                        + "\",\"ecs.version\":\"1.2.0\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(int n, int i) {
        return "Stored order " + n + " of customer " + (n * 31 + i) + " with " + i + " items from 10.0.3." + n % 250
                + " in " + n % 97 + " ms";
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }

    private void compare(String format, int rounds, int records, int each, IntFunction<byte[]> record)
            throws ExecutionException, InterruptedException {
        String topic = "source-" + runs++;
        fill(topic, records, record);
        List<Double> ratios = new ArrayList<>();
        List<Double> longRatios = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            boolean lead = round % 2 == 0;
            double first = lead ? door(topic, format, (long) records * each) / each : copy(topic, records, SHORT);
            double second = lead ? copy(topic, records, SHORT) : door(topic, format, (long) records * each) / each;
            double door = lead ? first : second;
            double copy = lead ? second : first;
            double longer = copy(topic, records, LONG);
            // The first round warms the broker and this JVM.
            if (round > 0) {
                ratios.add(door / copy);
                longRatios.add(door / longer);
                System.out.printf(
                        "%s, %d a record, round %d: door %,.0f records/s (%,.0f events/s), copy %,.0f, in long transactions %,.0f%n",
                        format, each, round, door, door * each, copy, longer);
            }
        }
        tell(format, each, "in the same transactions", ratios);
        tell(format, each, "in long transactions", longRatios);
    }

    private static void tell(String format, int each, String copy, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf(
                "%s, %d a record, beside a copy %s: ratio median %.2f (%.2f to %.2f)%n",
                format, each, copy, sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    private void fill(String topic, int records, IntFunction<byte[]> record)
            throws ExecutionException, InterruptedException {
        create(topic);
        AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int n = 0; n < records; n++) {
                producer.send(
                        new ProducerRecord<>(topic, n % 4, null, record.apply(n)),
                        (metadata, problem) -> lost.compareAndSet(null, problem));
            }
        }
        Exception problem = lost.get();
        if (problem != null) {
            throw new IllegalStateException("the topic could not be filled", problem);
        }
    }

    private void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(4), Optional.empty())))
                    .all()
                    .get();
            // A leader is known a moment before it takes writes, and a producer that meets it then can lose batches.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < 4; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            boolean ready = false;
            while (!ready) {
                try {
                    admin.listOffsets(ends).all().get();
                    ready = true;
                } catch (ExecutionException unheard) {
                    // A broker hears of a topic a moment after the controller has made it.
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    private double door(String topic, String format, long events) {
        String run = "price" + runs++;
        IngestConfig config = ConfigLoader.of(
                IngestConfig.class,
                Map.of(
                        "kafka.bootstrap-servers",
                        kafka,
                        "run.prefix",
                        run,
                        "http.port",
                        "0",
                        "state.dir",
                        directory.resolve(run).toString(),
                        "topics." + topic + ".format",
                        format,
                        "topics." + topic + ".from",
                        "earliest"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicAdmin(admin, new Run(run, ""), new Partitions(4, 1)).ensure((short) 1);
        }
        try (IngestStage stage = new IngestStage(config, new SimpleMeterRegistry())) {
            stage.start();
            return rate(
                    () -> stage.topicLosses()
                            .getOrDefault("kafka:" + topic, new LossCounters.Loss(0, 0, 0, 0, 0))
                            .acknowledged(),
                    events);
        }
    }

    private static double rate(LongSupplier done, long all) {
        while (done.getAsLong() == 0) {
            LockSupport.parkNanos(500_000);
        }
        long first = done.getAsLong();
        long begin = System.nanoTime();
        while (done.getAsLong() < all) {
            LockSupport.parkNanos(500_000);
        }
        return (all - first) * 1e9 / (System.nanoTime() - begin);
    }

    private double copy(String topic, int records, Size size) throws ExecutionException, InterruptedException {
        String name = "copy" + runs++;
        create(name);
        Map<String, Object> producing = new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka,
                "transactional.id",
                name,
                "transaction.timeout.ms",
                15_000,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                128 << 10,
                "compression.type",
                "lz4"));
        Map<String, Object> consuming = Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                name,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                2_000,
                "fetch.max.bytes",
                8 << 20);
        long copied = 0;
        long first = 0;
        long begin = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(topic));
            while (copied < records) {
                List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
                int bytes = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    some.add(record);
                    bytes += record.serializedValueSize();
                    if (bytes >= size.bytes() || some.size() >= size.records()) {
                        copied += commit(producer, consumer, name, some);
                        bytes = 0;
                    }
                    if (begin == 0 && copied > 0) {
                        first = copied;
                        begin = System.nanoTime();
                    }
                }
                copied += commit(producer, consumer, name, some);
                if (begin == 0 && copied > 0) {
                    first = copied;
                    begin = System.nanoTime();
                }
            }
            return (copied - first) * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static int commit(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            String to,
            List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var unused = producer.send(new ProducerRecord<>(to, record.partition(), record.key(), record.value()));
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        int count = records.size();
        records.clear();
        return count;
    }
}
