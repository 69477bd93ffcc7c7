package io.faultprint.ingest.file;

import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.produce.DeadLetter;
import io.faultprint.ingest.produce.Delivery;
import io.faultprint.ingest.text.Line;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of files on their way into Kafka, again and again until they are there. A line is known by its file's id and its
 * number, so what is sent twice within the lateness counts once.
 */
final class Shipping {

    private static final Logger LOG = LoggerFactory.getLogger(Shipping.class);
    private static final long LONGEST_PAUSE = 5_000;

    /** Lines under one batch id: readers remember a thousand in one row. */
    private static final int BATCH = 1_024;

    private final FileDoor.Needs needs;
    private final String door;
    private final CountDownLatch stop;
    private final FileSettings settings;
    private final String host = host();

    /** What one entry became, and where it stood. */
    record Item(Outcome outcome, String place, Source source) {}

    Shipping(FileDoor.Needs needs, String door, CountDownLatch stop, FileSettings settings) {
        this.needs = needs;
        this.door = door;
        this.stop = stop;
        this.settings = settings;
    }

    /** Takes what a file has ready. */
    void collect(Followed file, long now, List<Item> items) {
        List<Followed.Ready> ready = file.take();
        if (ready.isEmpty()) {
            return;
        }
        Resource resource = resource(file);
        for (Followed.Ready each : ready) {
            items.add(item(file, each, resource, now));
        }
    }

    private Item item(Followed file, Followed.Ready ready, Resource resource, long now) {
        Line line = ready.read().first();
        LogRecord.Builder record = ready.read().record().toBuilder().setObservedTimeUnixNano(line.readAt() * 1_000_000);
        if (record.getTimeUnixNano() > 0) {
            file.time(record.getTimeUnixNano() / 1_000_000, now);
        } else {
            long time = file.timeOfUntimed(now);
            record.setTimeUnixNano(time == Followed.NEVER ? 0 : time * 1_000_000);
        }
        record.addAttributes(text("log.file.path", file.path().toString()));
        String batch = "file-" + ready.file() + "-" + line.number() / BATCH;
        Source source = new Source(door, line.readAt(), batch, needs.futureMillis(), false);
        Outcome outcome = needs.normaliser().log(resource, record.build(), source, (int) (line.number() % BATCH));
        return new Item(outcome, file.path() + ":" + (line.number() + 1), source);
    }

    private Resource resource(Followed file) {
        Resource.Builder resource = Resource.newBuilder()
                .addAttributes(text("service.name", file.group().serviceOf(file.origin())))
                .addAttributes(text("host.name", host));
        String environment = file.group().environment();
        return environment.isEmpty()
                ? resource.build()
                : resource.addAttributes(text("deployment.environment.name", environment))
                        .build();
    }

    /** Whether Kafka has all of them; false only when the door is closed before it has. */
    boolean deliver(List<Item> items) {
        if (items.isEmpty()) {
            return true;
        }
        Delivery delivery = delivery(items);
        needs.losses().received(delivery.tally());
        long pause = settings.look().toMillis();
        while (!sent(delivery)) {
            try {
                if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                    needs.losses().returned(delivery.tally());
                    return false;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
            delivery = delivery(items);
        }
        needs.losses().settled(delivery.tally());
        return true;
    }

    private boolean sent(Delivery delivery) {
        try {
            // The producer gives up by itself; should it ever not, the same is sent once more.
            delivery.send().get(2 * needs.delivery().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException refused) {
            LOG.warn(
                    "{} lines are kept until Kafka takes them: {}",
                    delivery.tally().all(),
                    refused.toString());
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Delivery delivery(List<Item> items) {
        // A round is bounded by what is read; nothing more is asked of it.
        Delivery delivery = new Delivery(needs.producer(), bytes -> true);
        for (Item item : items) {
            if (item.outcome() instanceof Outcome.Parsed parsed) {
                delivery.event(parsed);
            } else if (item.outcome() instanceof Outcome.Rejected rejected) {
                delivery.deadLetter(letter(item, rejected));
            } else {
                delivery.dropped();
            }
        }
        return delivery;
    }

    private DeadLetter letter(Item item, Outcome.Rejected rejected) {
        return new DeadLetter(
                rejected.cause(),
                rejected.message(),
                door,
                item.place(),
                rejected.index(),
                item.source().now(),
                "application/x-protobuf",
                rejected.key(),
                rejected.original());
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
