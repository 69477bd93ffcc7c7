package io.faultprint.evaluate.core;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** One processor for one partition, with stores of its own: what Kafka Streams would call a task. */
final class DirectTask implements AutoCloseable {

    private final Wiring.Node node;
    private final MockProcessorContext<Object, Object> context;
    private final Processor<Object, Object, Object, Object> processor;
    private final List<StateStore> stores = new ArrayList<>();
    private final BiConsumer<String, Record<Object, Object>> out;

    /**
     * @param bare whether its stores hold bytes, so that nothing need stand between it and them: what measures each access
     *     in Kafka Streams takes a fifth of the time
     * @param out takes what is forwarded, with the name of its sink
     */
    DirectTask(
            Wiring.Node node,
            int partition,
            boolean bare,
            Properties settings,
            File nowhere,
            BiConsumer<String, Record<Object, Object>> out) {
        this.node = node;
        this.out = out;
        this.context = new MockProcessorContext<>(settings, new TaskId(0, partition), nowhere);
        node.stores().forEach(builder -> {
            StateStore store = bare
                    ? Stores.inMemoryKeyValueStore(builder.name()).get()
                    : builder.withLoggingDisabled().withCachingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            stores.add(store);
        });
        this.processor = processor(node.supplier());
        processor.init(context);
        drain();
    }

    /** A node says of itself what it takes; the wiring that it came from has seen to it that the sources give that. */
    @SuppressWarnings("unchecked")
    private static Processor<Object, Object, Object, Object> processor(ProcessorSupplier<?, ?, ?, ?> supplier) {
        return (Processor<Object, Object, Object, Object>) supplier.get();
    }

    void process(ProducerRecord<byte @Nullable [], byte[]> record, long offset, long time) {
        String topic = record.topic();
        Wiring.Source source = node.sources().stream()
                .filter(each -> each.topics().contains(topic))
                .findFirst()
                .orElseThrow();
        context.setRecordMetadata(topic, record.partition(), offset);
        context.setCurrentStreamTimeMs(time);
        processor.process(new Record<>(
                source.keys().deserialize(topic, record.key()),
                source.values().deserialize(topic, record.value()),
                time,
                // Several tasks may read it, and a processor may add to what it was given.
                new RecordHeaders(record.headers().toArray())));
        drain();
    }

    /** Lets its timers go off once; whether that made it say something. */
    boolean tick() {
        context.scheduledPunctuators().stream()
                .filter(timer -> !timer.cancelled())
                .forEach(timer -> timer.getPunctuator().punctuate(0));
        return drain();
    }

    private boolean drain() {
        List<CapturedForward<?, ?>> said = List.copyOf(context.forwarded());
        if (said.isEmpty()) {
            return false;
        }
        context.resetForwards();
        for (CapturedForward<?, ?> each : said) {
            String sink = each.childName()
                    .orElseThrow(() -> new IllegalStateException(node.name() + " forwards without naming a sink"));
            Record<?, ?> record = each.record();
            out.accept(sink, new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
        }
        return true;
    }

    @Override
    public void close() {
        processor.close();
        stores.forEach(StateStore::close);
    }
}
