package io.faultprint.notify.receiver;

import io.faultprint.letter.Letter;
import io.faultprint.notify.form.Form;
import io.faultprint.notify.kafka.Clients;
import io.faultprint.notify.kafka.Intake;
import io.faultprint.notify.kafka.Letters;
import io.faultprint.notify.notice.Notice;
import io.faultprint.serde.AvroCodec;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver, in the order of the topics. A record's offset is committed when its notification was taken, when there
 * is nothing to tell of it, or when it was refused for good and its dead letter is written; so what is lost with a process
 * comes again, under the same key. While the receiver is away nothing is read, and the group is kept.
 */
public final class TargetWorker implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWorker.class);
    private static final long STAY_MILLIS = 200;
    private static final long STAY_NANOS = 1_000_000_000;

    private final TargetSettings settings;
    private final Form form;
    private final Sender sender;
    private final Intake intake;
    private final Supplier<Place> places;
    private final Letters letters;
    private final TargetCounts counts;
    private final InstantSource clock;
    private final String run;
    private volatile Place place;
    private long saidAgain = System.nanoTime();
    private long polledAt = System.nanoTime();
    private volatile long brokenSince;
    private volatile boolean stopping;
    private volatile String state = "joining";

    public TargetWorker(
            TargetSettings settings,
            Form form,
            Sender sender,
            Clients clients,
            AvroCodec codec,
            TargetCounts counts,
            InstantSource clock) {
        this(settings, form, sender, clients, codec, counts, clock, clients::member);
    }

    /** How a member of a group is made; {@link Clients#member} says how it is asked. */
    interface Members {
        Consumer<byte[], byte[]> member(String group, boolean beginning);
    }

    TargetWorker(
            TargetSettings settings,
            Form form,
            Sender sender,
            Clients clients,
            AvroCodec codec,
            TargetCounts counts,
            InstantSource clock,
            Members members) {
        String group = "notify-" + settings.name();
        this.settings = settings;
        this.form = form;
        this.sender = sender;
        this.intake = new Intake(codec, clients.run());
        this.places = () -> new Place(
                members.member(group, settings.beginning()),
                clients.run(),
                new Ledgers(clients, intake, group),
                counts);
        this.place = places.get();
        this.letters = new Letters(clients, group);
        this.counts = counts;
        this.clock = clock;
        this.run = clients.run().id();
    }

    /** What it is doing, in a few words for people. */
    public String state() {
        return state;
    }

    /** Since when Kafka does not let it read or commit, epoch milliseconds; 0 while it does. */
    public long brokenSince() {
        return brokenSince;
    }

    /** The target's name. */
    public String name() {
        return settings.name();
    }

    /** Its numbers. */
    public TargetCounts counts() {
        return counts;
    }

    /** Ends when it is told to, and by a defect; what Kafka cannot do for a while is waited for. */
    @Override
    public void run() {
        Backoff backoff = new Backoff();
        try {
            while (!stopping) {
                try {
                    session(backoff);
                } catch (WakeupException | InterruptException e) {
                    if (!stopping) {
                        throw e;
                    }
                } catch (KafkaException broken) {
                    again(broken, backoff.next(Optional.empty()).toMillis());
                }
            }
        } finally {
            state = "stopped";
            letters.close();
            place.close();
        }
    }

    /** One membership in the group of the target, from joining to the first failure. */
    private void session(Backoff backoff) {
        place.join();
        while (!stopping) {
            round();
            if (place.joined()) {
                backoff.reset();
            }
        }
    }

    /**
     * Whatever failed at Kafka, the next membership begins where the last commit was: a list of what may be gone on with
     * would be longer than this, and wrong in one place is enough.
     */
    private void again(KafkaException broken, long millis) {
        counts.broken();
        brokenSince = brokenSince == 0 ? clock.millis() : brokenSince;
        state = "waiting for Kafka: " + broken.getMessage();
        LOG.warn(
                "target {}: begins again from the last commit in {} ms: {}",
                settings.name(),
                millis,
                broken.toString());
        place.close();
        sleep(millis);
        place = places.get();
    }

    private void round() {
        ConsumerRecords<byte[], byte[]> records = place.poll();
        polledAt = System.nanoTime();
        if (place.joined() && (state.equals("joining") || state.startsWith("waiting for Kafka"))) {
            state = "working";
            brokenSince = 0;
        }
        int before = place.losses();
        if (!tellStanding(before)) {
            return;
        }
        int left = records.count();
        Map<TopicPartition, OffsetAndMetadata> quiet = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Done done = handle(record, before, left--);
            if (done == Done.NOT) {
                return;
            }
            quiet.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
            if (done == Done.TOLD) {
                place.commit(quiet);
            }
        }
        place.commit(quiet);
        sayAgain(before);
        counts.open(place.ledgers().open());
    }

    /**
     * Whether a receiver's answer need not be awaited any more. Asked ten times a second while it is: a receiver that takes
     * its time, request after request, would else have us put out of the group, which waits for polls.
     */
    private boolean givenUp(int before, int unsettled) {
        if (!stopping && System.nanoTime() - polledAt > STAY_NANOS) {
            place.stay(unsettled);
            polledAt = System.nanoTime();
        }
        return stopping || place.losses() != before;
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private enum Done {
        TOLD,
        QUIET,
        NOT
    }

    /** What is open where a new target begins; from then on it has a place in the topics. */
    private boolean tellStanding(int before) {
        Ledgers.Standing next = place.standing();
        while (next != null) {
            Notice notice = concerning(next.notice());
            if (notice != null && !deliver(notice, next.record(), before, 0)) {
                return false;
            }
            next = place.nextStanding();
        }
        place.begin();
        return true;
    }

    private Done handle(ConsumerRecord<byte[], byte[]> record, int before, int left) {
        Intake.Read read = intake.read(record);
        List<Notice> notices = List.of();
        if (read instanceof Intake.Read.OfIncident of) {
            // Somebody sends a dead letter again, so that it is told once more.
            boolean anew = record.headers().lastHeader(Letter.REDRIVEN_FROM) != null;
            notices = place.ledgers().learn(record.partition(), of.incident(), anew);
        } else if (read instanceof Intake.Read.OfDiagnosis of) {
            notices = place.ledgers().learn(record.partition(), of.diagnosis());
        } else if (read instanceof Intake.Read.Unreadable unreadable) {
            counts.unreadable();
            LOG.warn(
                    "{}-{} at {}: {}; nothing is told of it",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    unreadable.why());
            return Done.QUIET;
        }
        List<Notice> ours =
                notices.stream().map(this::concerning).filter(Objects::nonNull).toList();
        for (Notice notice : ours) {
            if (!deliver(notice, record, before, left)) {
                return Done.NOT;
            }
        }
        if (ours.isEmpty()) {
            counts.quiet();
            return Done.QUIET;
        }
        counts.told();
        return Done.TOLD;
    }

    private @Nullable Notice concerning(Notice notice) {
        boolean ours = settings.environments().isEmpty()
                || settings.environments().contains(notice.story().environment());
        return ours ? notice.within(settings.severity()) : null;
    }

    /** Returns whether it is settled; not when we are told to stop, or lost the partition meanwhile. */
    private boolean deliver(Notice notice, ConsumerRecord<byte[], byte[]> record, int before, int unsettled) {
        String key = notice.key(run);
        Backoff backoff = new Backoff();
        long failingSince = 0;
        while (!stopping && place.losses() == before) {
            Optional<Answer> answer =
                    sender.send(key, form.body(notice, clock.millis()), () -> givenUp(before, unsettled));
            if (answer.isEmpty()) {
                return false;
            }
            if (answer.get() instanceof Answer.Taken) {
                counts.delivered();
                goOn();
                return true;
            }
            if (answer.get() instanceof Answer.Refused refused) {
                return refused(record, key, refused.why(), before, unsettled);
            }
            Answer.Away away = (Answer.Away) answer.get();
            counts.away();
            long now = System.nanoTime();
            failingSince = !away.failing() ? 0 : failingSince == 0 ? now : failingSince;
            if (away.failing() && now - failingSince > settings.giveUp().toNanos()) {
                String why = away.why() + ", for " + settings.giveUp().toSeconds() + " s (give-up)";
                return refused(record, key, why, before, unsettled);
            }
            waitFor(away.why(), backoff.next(away.after()).toMillis(), before, unsettled);
        }
        return false;
    }

    private boolean refused(ConsumerRecord<byte[], byte[]> record, String key, String why, int before, int unsettled) {
        String message = "target " + settings.name() + " refuses " + key + ": " + why;
        while (!stopping && place.losses() == before) {
            try {
                letters.write(record, message);
                LOG.warn("{}; it is a dead letter", message);
                counts.refused();
                goOn();
                return true;
            } catch (InterruptException asked) {
                throw asked;
            } catch (KafkaException e) {
                LOG.warn("a dead letter is not written yet: {}", e.toString());
                waitFor("Kafka takes no dead letter", STAY_MILLIS, before, unsettled);
            }
        }
        return false;
    }

    private void waitFor(String why, long millis, int before, int unsettled) {
        String now = "waiting for target " + settings.name() + ": " + why;
        if (!state.startsWith("waiting")) {
            LOG.warn("{}", now);
        }
        state = now;
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis;
                left > 0 && !stopping && place.losses() == before;
                left = (until - System.nanoTime()) / 1_000_000) {
            place.stay(unsettled);
            sleep(Math.min(left, STAY_MILLIS));
        }
        place.stay(unsettled);
        polledAt = System.nanoTime();
    }

    private void goOn() {
        if (state.startsWith("waiting")) {
            LOG.info("no longer {}", state);
        }
        state = place.joined() ? "working" : "joining";
    }

    /** For receivers that forget; what they do not take now they are told with the next. */
    private void sayAgain(int before) {
        if (stopping || System.nanoTime() - saidAgain < settings.repeat().toNanos()) {
            return;
        }
        saidAgain = System.nanoTime();
        List<Notice> open = place.ledgers().standing().stream()
                .map(this::concerning)
                .filter(Objects::nonNull)
                .toList();
        for (byte[] body : form.again(open, clock.millis())) {
            Answer answer = sender.send("", body, () -> givenUp(before, 0)).orElse(null);
            if (answer instanceof Answer.Taken) {
                counts.repeated();
                goOn();
            } else if (answer != null) {
                counts.away();
                String why = answer instanceof Answer.Refused refused ? refused.why() : ((Answer.Away) answer).why();
                state = "waiting for target " + settings.name() + ": what is open is not taken again: " + why;
                LOG.warn("{}", state);
                return;
            } else {
                return;
            }
        }
    }

    /** Ends the loop; the thread that runs it releases everything. */
    @Override
    public void close() {
        stopping = true;
        place.wakeup();
    }
}
