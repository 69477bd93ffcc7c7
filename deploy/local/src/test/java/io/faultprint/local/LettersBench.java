package io.faultprint.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.letter.Letter;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One run on a real broker, and the command on it. */
final class LettersBench implements AutoCloseable {

    static final int PARTITIONS = 2;

    final Run run;
    final String address;
    private final KafkaProducer<byte[], byte[]> producer;

    LettersBench(String address, String run) {
        this.address = address;
        this.run = new Run("faultprint", run);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            new TopicAdmin(admin, this.run, new Partitions(PARTITIONS, 1)).ensure((short) 1);
        }
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** {@code dead-letters} with these arguments, on this run. */
    Command letters(String... args) {
        return Command.run(Stream.concat(
                        Stream.concat(Stream.of("dead-letters"), Stream.of(args)),
                        Stream.of("--kafka", address, "--run", run.id()))
                .toArray(String[]::new));
    }

    /** The stages' settings. */
    Map<String, String> settings() {
        return Map.of(
                "kafka.bootstrap-servers",
                address,
                "run.id",
                run.id(),
                "partitions.events",
                Integer.toString(PARTITIONS));
    }

    /** Writes a record; returns its offset. */
    long put(String topic, int partition, @Nullable String key, byte @Nullable [] value, Map<String, ?> headers)
            throws Exception {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) ->
                all.add(name, text instanceof byte[] raw ? raw : text.toString().getBytes(UTF_8)));
        return producer.send(new ProducerRecord<>(
                        run.topic(topic), partition, key == null ? null : key.getBytes(UTF_8), value, all))
                .get()
                .offset();
    }

    /** Writes a letter into partition 0 as a stage would; returns its id. */
    String letter(String topic, int partition, long offset, @Nullable String key, byte @Nullable [] value)
            throws Exception {
        return "0-" + put("dead-letters", 0, key, value, headers(topic, partition, offset));
    }

    Map<String, String> headers(String topic, int partition, long offset) {
        return Map.of(
                Letter.STAGE,
                "signals",
                Letter.CAUSE,
                "MALFORMED",
                Letter.MESSAGE,
                "made for a test",
                Letter.TOPIC,
                run.topic(topic),
                Letter.PARTITION,
                Integer.toString(partition),
                Letter.OFFSET,
                Long.toString(offset));
    }

    static HttpResponse<String> post(int port, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Everything committed to a topic so far. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        address,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        // Closing waits for the fetch that is under way, by default half a second.
                        "fetch.max.wait.ms",
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(run.topic(topic)).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    /** Those of a topic that were sent again. */
    List<ConsumerRecord<byte[], byte[]>> redriven(String topic) {
        return read(topic).stream()
                .filter(record -> record.headers().lastHeader(Letter.REDRIVEN_FROM) != null)
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
