package io.faultprint.local.determinism;

import io.faultprint.incident.Incident;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.replay.Gathered;
import io.faultprint.local.up.Plan;
import io.faultprint.node.NodePair;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a recording once for reference and once in each variant, each as a run of its own on the same servers, and holds
 * what they said against the reference, byte by byte.
 */
public final class Determinism {

    private static final Logger LOG = LoggerFactory.getLogger(Determinism.class);

    /** One that keeps a pace, and one whose instances are closed or killed. */
    private static final int BESIDE = 2;

    private static final Duration STOPPING = Duration.ofMinutes(1);

    private final NodePair nodes;
    private final DataDirectory data;
    private final Windows windows;
    private final List<Path> files;
    private final Run reference = run(Variant.REFERENCE);

    public Determinism(NodePair nodes, DataDirectory data, Windows windows, List<Path> files) {
        this.nodes = nodes;
        this.data = data;
        this.windows = windows;
        this.files = List.copyOf(files);
    }

    /**
     * What the reference run gave: whether the comparison proves anything.
     *
     * @param incidents how many
     * @param recurrences how many of them were known by then
     * @param diagnoses how many were made
     */
    public record Reference(Finding finding, int incidents, int recurrences, long diagnoses) {}

    /** All of it. */
    public record Result(Reference reference, List<Finding> findings) {

        public boolean allEqual() {
            return findings.stream().allMatch(Finding::equal);
        }
    }

    /**
     * Runs them one after the other, and beside them those that mostly wait.
     *
     * @param first hears of the reference
     * @param each hears of each variant when it is through
     */
    public Result run(List<Variant> variants, Consumer<Reference> first, Consumer<Finding> each)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Timed> reference = new CompletableFuture<>();
        ExecutorService beside = Executors.newFixedThreadPool(BESIDE);
        try {
            List<Future<Finding>> findings = new ArrayList<>();
            for (Variant variant : variants) {
                if (variant.mostlyWaits()) {
                    findings.add(beside.submit(() -> finding(variant, reference, each)));
                }
            }
            Timed one = timed(Variant.REFERENCE, new Span(0, 1));
            Reference said = reference(one);
            first.accept(said);
            reference.complete(one);
            for (Variant variant : variants) {
                if (!variant.mostlyWaits()) {
                    findings.add(CompletableFuture.completedFuture(finding(variant, reference, each)));
                }
            }
            return new Result(said, all(findings));
        } finally {
            beside.shutdownNow();
            if (!beside.awaitTermination(STOPPING.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a run did not stop within {} s", STOPPING.toSeconds());
            }
        }
    }

    private static List<Finding> all(List<Future<Finding>> findings) throws InterruptedException {
        List<Finding> all = new ArrayList<>();
        for (Future<Finding> finding : findings) {
            try {
                all.add(finding.get());
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failure.getCause());
            }
        }
        all.sort(Comparator.comparingLong((Finding finding) -> finding.variant().seed()));
        return List.copyOf(all);
    }

    private record Timed(Play.Played played, Duration took) {}

    private Timed timed(Variant variant, Span span) throws InterruptedException {
        long began = System.nanoTime();
        Plan plan = Plan.withoutDoor(data, run(variant), Plan.LOCAL, windows);
        Play.Played played = new Play(nodes, plan, reference, variant, span).play(files);
        return new Timed(played, Duration.ofNanos(System.nanoTime() - began));
    }

    private Finding finding(Variant variant, CompletableFuture<Timed> reference, Consumer<Finding> each)
            throws InterruptedException, ExecutionException {
        Span span = variant.needsNothing()
                ? new Span(0, 1)
                : reference.get().played().span();
        Timed other = timed(variant, span);
        Said one = reference.get().played().said();
        Said said = other.played().said();
        Finding finding = new Finding(
                variant,
                said.count(Topics.INCIDENTS),
                said.count(),
                other.took(),
                Difference.first(nodes.kafka().address(), one, said));
        if (finding.equal()) {
            forget(variant);
        }
        each.accept(finding);
        return finding;
    }

    /** A run that said the same is not needed any more; one that did not can be looked at. */
    private void forget(Variant variant) throws InterruptedException {
        Run run = run(variant);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", nodes.kafka().address()))) {
            admin.deleteTopics(Topics.all().stream()
                            .map(topic -> run.topic(topic.name()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics of " + run + " could not be deleted", e.getCause());
        }
    }

    private static Reference reference(Timed one) {
        Gathered gathered = one.played().gathered();
        List<Incident> incidents = gathered.latest();
        int recurrences = (int) incidents.stream()
                .filter(incident -> incident.getCluster() != null && !incident.getNovel())
                .count();
        Said said = one.played().said();
        Finding finding = new Finding(
                Variant.REFERENCE, said.count(Topics.INCIDENTS), said.count(), one.took(), Optional.empty());
        return new Reference(finding, incidents.size(), recurrences, gathered.diagnoses()[0]);
    }

    private static Run run(Variant variant) {
        return new Run(Run.MAIN.prefix(), variant.name() + (variant.seed() == 0 ? "" : "-" + variant.seed()));
    }
}
