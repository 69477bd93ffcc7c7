package io.faultprint.correlate.topology.signals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which inputs have to wait. After a stop, one input may be read to its end before another has begun; all windows in
 * between would be open at once. So an input that is far ahead of what its task has closed is not read on until the
 * others have come up, and neither are the spans of a partition that is far ahead of another's: their partials would wait
 * for the other's ticks. What waits stays on the broker; when it is read changes nothing in what comes out.
 *
 * <p>Shared by the tasks of an instance, which say how far they are, and its consumers, which ask. A hint on the heap:
 * lost with the instance, and rebuilt with the first heartbeats.
 */
public final class Brakes {

    private final Map<TopicPartition, Input> inputs = new ConcurrentHashMap<>();

    /**
     * How far an input is.
     *
     * @param ahead how far it is beyond what its task has closed, milliseconds; {@link Long#MAX_VALUE} when the task
     *     cannot close anything before another input has begun
     * @param most how far it may be
     * @param abreast what its task has closed, where tasks have to stay abreast; else {@link Long#MIN_VALUE}
     */
    record Input(long ahead, long most, long abreast) {}

    /** Nothing is held back yet. */
    public Brakes() {}

    void report(TopicPartition partition, Input input) {
        inputs.put(partition, input);
    }

    /** The task of this input is no longer here. */
    void release(TopicPartition partition) {
        inputs.remove(partition);
    }

    /** Whether the input has to wait. */
    public boolean holds(TopicPartition partition) {
        Input input = inputs.get(partition);
        if (input == null) {
            return false;
        }
        return input.ahead() > input.most()
                || (input.abreast() != Long.MIN_VALUE && input.abreast() - slowest() > input.most());
    }

    /** How many inputs of this instance have to wait now. */
    public int held() {
        return (int) inputs.keySet().stream().filter(this::holds).count();
    }

    private long slowest() {
        return inputs.values().stream()
                .mapToLong(Input::abreast)
                .filter(closed -> closed != Long.MIN_VALUE)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
