package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.world.World;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads everything that came of a run, and says of each promise whether it was kept. */
public final class Oracle implements AutoCloseable {

    private final World world;
    private final Book book;
    private final Sent sent;
    private final Said said = new Said(WorldSettings.RUN);
    private final Reader events;
    private final Reader outputs;

    public Oracle(World world, Book book) {
        this.world = world;
        this.book = book;
        this.sent = new Sent(book);
        this.events = new Reader(world.kafka(), WorldSettings.RUN, WorldSettings.PARTITIONS, Topics.eventTopics());
        this.outputs = new Reader(
                world.kafka(),
                WorldSettings.RUN,
                WorldSettings.PARTITIONS,
                List.of(
                        Topics.SNAPSHOTS,
                        Topics.SIGNATURES,
                        Topics.DIGESTS,
                        Topics.INCIDENTS,
                        Topics.CLUSTERS,
                        Topics.DIAGNOSES,
                        Topics.LATE,
                        Topics.DEAD_LETTERS));
    }

    /** Reads what has come since the last look. */
    public void read() {
        events.read(sent::accept);
        outputs.read(said::accept);
    }

    /** End of the last window that every source has closed. */
    public long closedUpTo() {
        return said.closedUpTo();
    }

    /** How many incidents there are, in any state. */
    public long incidents() {
        return said.incidentCount();
    }

    /** How many diagnoses were settled. */
    public long diagnoses() {
        return said.diagnoses.stream()
                .filter(diagnosis -> diagnosis.getState() != DiagnosisState.CLAIMED)
                .count();
    }

    /**
     * The verdict on everything read.
     *
     * @param poison where the harness put records that must be refused
     * @param ownersLost how often diagnose was ended
     * @param callsPerAttempt how often one attempt at a diagnosis may ask the model
     */
    public List<Finding> judge(Set<Place> poison, int ownersLost, int callsPerAttempt) throws InterruptedException {
        List<Finding> findings = new ArrayList<>(new EventChecks(book, sent, said).all());
        findings.addAll(new TimeChecks(sent, said).all());
        Map<String, Integer> calls = world.model().ledger();
        findings.addAll(new IncidentChecks(said, poison, calls, ownersLost, callsPerAttempt).all());
        findings.add(new StoreCheck(world.openSearch()).look(said));
        return findings;
    }

    @Override
    public void close() {
        events.close();
        outputs.close();
    }
}
