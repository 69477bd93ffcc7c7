package io.faultprint.local;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.local.pulse.Instances;
import io.faultprint.local.pulse.SightTeller;
import io.faultprint.local.show.Learning;
import io.faultprint.local.show.Narrator;
import io.faultprint.local.show.Style;
import io.faultprint.local.show.Times;
import io.faultprint.local.up.LocalFaultprint;
import io.faultprint.local.up.TopicFollower;
import io.faultprint.pulse.Pulse;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Topics;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Shows on the terminal what a running Faultprint learns, finds and says. */
final class Watch implements AutoCloseable {

    private final Terminal terminal;
    private final Narrator narrator;
    private final Learning learning = new Learning();
    private final Instances instances = new Instances();
    private final InstantSource clock;
    private final SightTeller teller;
    private final TopicFollower follower;

    Watch(LocalFaultprint running, Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.teller = new SightTeller(clock.millis());
        this.narrator = new Narrator(terminal.style(), new Times(ZoneId.systemDefault()));
        this.follower = new TopicFollower(
                        running.plan().client(running.addresses().kafka()),
                        AvroCodec.bundled(),
                        running.plan().run(),
                        running.plan().partitions(),
                        List.of(Topics.DIGESTS, Topics.INCIDENTS, Topics.DIAGNOSES, Topics.PULSE),
                        this::hear)
                .start();
    }

    private synchronized void hear(SpecificRecord value, boolean old) {
        if (value instanceof Tick tick && !old) {
            learning.tell(tick)
                    .forEach(line ->
                            terminal.lines(Style.wrap(line, terminal.style().width() - 1)));
        } else if (value instanceof Pulse pulse) {
            instances.hear(pulse);
        } else if (value instanceof Incident incident) {
            if (old) {
                narrator.remember(incident);
            } else {
                terminal.lines(narrator.tell(incident));
            }
        } else if (value instanceof Diagnosis diagnosis) {
            if (old) {
                narrator.remember(diagnosis);
            } else {
                terminal.lines(narrator.tell(diagnosis));
            }
        }
    }

    /** How things stand, in one line; also says it aloud when Faultprint went blind, or sees again. */
    synchronized String status() {
        long now = clock.millis();
        teller.tell(instances.judge(now), now)
                .forEach(
                        line -> terminal.lines(Style.wrap(line, terminal.style().width() - 1)));
        return learning.status() + "; " + (narrator.open() == 0 ? "no open incident" : narrator.open() + " open");
    }

    synchronized long open() {
        return narrator.open();
    }

    /** For the end, when nothing more is heard. */
    Narrator narrator() {
        return narrator;
    }

    @Override
    public void close() {
        follower.close();
    }
}
