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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs a recording once for reference and once in each variant, each as a run of its own on the same servers, and holds
 * what they said against the reference, byte by byte.
 */
public final class Determinism {

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
     * Runs them one after the other, the slow one beside the others.
     *
     * @param first hears of the reference
     * @param each hears of each variant when it is through
     */
    public Result run(List<Variant> variants, Consumer<Reference> first, Consumer<Finding> each)
            throws InterruptedException {
        Timed one = timed(Variant.REFERENCE, new Span(0, 1));
        Reference said = reference(one);
        first.accept(said);
        List<CompletableFuture<Finding>> beside = variants.stream()
                .filter(Variant::isSlow)
                .map(variant -> CompletableFuture.supplyAsync(() -> interruptibly(variant, one, each)))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Variant variant : variants) {
            if (!variant.isSlow()) {
                findings.add(against(variant, one, each));
            }
        }
        for (CompletableFuture<Finding> slow : beside) {
            findings.add(join(slow));
        }
        return new Result(said, List.copyOf(findings));
    }

    private record Timed(Play.Played played, Duration took) {}

    private Timed timed(Variant variant, Span span) throws InterruptedException {
        long began = System.nanoTime();
        Plan plan = Plan.withoutDoor(data, run(variant), Plan.LOCAL, windows);
        Play.Played played = new Play(nodes, plan, reference, variant, span).play(files);
        return new Timed(played, Duration.ofNanos(System.nanoTime() - began));
    }

    private Finding against(Variant variant, Timed one, Consumer<Finding> each) throws InterruptedException {
        Timed other = timed(variant, one.played().span());
        Said said = other.played().said();
        Finding finding = new Finding(
                variant,
                said.count(Topics.INCIDENTS),
                said.count(),
                other.took(),
                Difference.first(nodes.kafka().address(), one.played().said(), said));
        if (finding.equal()) {
            forget(variant);
        }
        each.accept(finding);
        return finding;
    }

    private Finding interruptibly(Variant variant, Timed one, Consumer<Finding> each) {
        try {
            return against(variant, one, each);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(variant + " was interrupted", interrupted);
        }
    }

    private static Finding join(CompletableFuture<Finding> slow) {
        try {
            return slow.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
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
