package io.faultprint.serde;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Confluent's own serializer, deserializer and in-memory registry, from a jar that the build has copied. The jar carries
 * another Kafka and another Avro, so everything in it stays behind a class loader of its own: only bytes, text and ids
 * cross over.
 */
final class ConfluentReference implements AutoCloseable {

    private static final Path JAR = Path.of("target/reference/confluent-reference.jar");
    private static final String REGISTRY = "io.confluent.kafka.schemaregistry.";
    private static final String SERIALIZERS = "io.confluent.kafka.serializers.";

    private final URLClassLoader loader;
    private final Object registry;
    private final Object serializer;
    private final Object deserializer;

    ConfluentReference() throws IOException, ReflectiveOperationException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is missing: run mvn -pl schemas -am"
                    + " generate-test-resources, which copies it from Maven Central");
        }
        loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // Kafka's configuration looks for classes there
        try {
            registry = type(REGISTRY + "client.MockSchemaRegistryClient")
                    .getConstructor()
                    .newInstance();
            serializer = serde("KafkaAvroSerializer");
            deserializer = serde("KafkaAvroDeserializer");
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    /** Registers a schema for a topic, under topic and record name, and gives its id. */
    int register(String topic, Schema schema) throws ReflectiveOperationException {
        Object parsed =
                type(REGISTRY + "avro.AvroSchema").getConstructor(String.class).newInstance(schema.toString());
        return (int) registry.getClass()
                .getMethod("register", String.class, type(REGISTRY + "ParsedSchema"))
                .invoke(registry, topic + "-" + schema.getFullName(), parsed);
    }

    /** What Confluent's deserializer reads from our bytes: a record of that other Avro, as text and to write again. */
    Object read(String topic, byte[] bytes) throws ReflectiveOperationException {
        return deserializer
                .getClass()
                .getMethod("deserialize", String.class, byte[].class)
                .invoke(deserializer, topic, bytes);
    }

    /** The bytes that Confluent's serializer writes for such a record. */
    byte[] write(String topic, Object value) throws ReflectiveOperationException {
        return (byte[]) serializer
                .getClass()
                .getMethod("serialize", String.class, Object.class)
                .invoke(serializer, topic, value);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private Object serde(String name) throws ReflectiveOperationException {
        Map<String, Object> settings = Map.of(
                "schema.registry.url",
                "mock://reference",
                "value.subject.name.strategy",
                SERIALIZERS + "subject.TopicRecordNameStrategy");
        try {
            return type(SERIALIZERS + name)
                    .getConstructor(type(REGISTRY + "client.SchemaRegistryClient"), Map.class)
                    .newInstance(registry, settings);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Confluent's " + name + " cannot be made", e.getCause());
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }
}
