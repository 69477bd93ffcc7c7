package io.faultprint.registry;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Confluent's own serializer and deserializer with their own client, against a real registry, from a jar that the build has
 * copied. The jar carries another Kafka and another Avro, so all of it stays behind a class loader of its own.
 */
final class ConfluentClient implements AutoCloseable {

    private static final Path JAR = Path.of("target/reference/confluent-reference.jar");
    private static final String SERIALIZERS = "io.confluent.kafka.serializers.";

    private final URLClassLoader loader;
    private final Object serializer;
    private final Object deserializer;

    ConfluentClient(String registry) throws IOException, ReflectiveOperationException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR.toAbsolutePath() + " is missing: run mvn -pl deploy/registry-node -am package");
        }
        loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // Kafka's configuration looks for classes there
        try {
            Map<String, Object> settings = Map.of(
                    "schema.registry.url",
                    registry,
                    "auto.register.schemas",
                    false,
                    "value.subject.name.strategy",
                    SERIALIZERS + "subject.TopicRecordNameStrategy");
            serializer = serde("KafkaAvroSerializer", settings);
            deserializer = serde("KafkaAvroDeserializer", settings);
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    /** What Confluent's deserializer reads: a record of that other Avro. */
    Object read(String topic, byte[] bytes) throws ReflectiveOperationException {
        return call(deserializer, "deserialize", byte[].class, topic, bytes);
    }

    /** The bytes that Confluent's serializer writes for such a record. */
    byte[] write(String topic, Object value) throws ReflectiveOperationException {
        return (byte[]) call(serializer, "serialize", Object.class, topic, value);
    }

    private static Object call(Object serde, String method, Class<?> type, String topic, Object value)
            throws ReflectiveOperationException {
        try {
            return serde.getClass().getMethod(method, String.class, type).invoke(serde, topic, value);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Confluent's " + method + " failed", e.getCause());
        }
    }

    private Object serde(String name, Map<String, Object> settings) throws ReflectiveOperationException {
        Object serde =
                Class.forName(SERIALIZERS + name, true, loader).getConstructor().newInstance();
        serde.getClass().getMethod("configure", Map.class, boolean.class).invoke(serde, settings, false);
        return serde;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
