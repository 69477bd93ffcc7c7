package io.faultprint.correlate.cluster;

import io.faultprint.incident.Feature;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a failure looks like: weighted features, together 1.
 *
 * @param weights weight of each feature, above 0
 */
public record Fingerprint(Map<String, Double> weights) {

    public Fingerprint {
        weights = new TreeMap<>(weights);
    }

    /** The heaviest features, scaled so that they add up to 1. */
    static Fingerprint of(Map<String, Double> raw, int most) {
        List<Map.Entry<String, Double>> heaviest = raw.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
        double all = heaviest.stream().mapToDouble(Map.Entry::getValue).sum();
        Map<String, Double> weights = new TreeMap<>();
        heaviest.forEach(e -> weights.put(e.getKey(), e.getValue() / all));
        return new Fingerprint(weights);
    }

    static Fingerprint of(List<Feature> features) {
        Map<String, Double> weights = new TreeMap<>();
        features.forEach(f -> weights.put(f.getFeature(), f.getWeight()));
        return new Fingerprint(weights);
    }

    /** With one signature of a service in place of another; where both were, their weights add up. */
    Fingerprint renamed(String service, String signature, String of) {
        Map<String, Double> renamed = new TreeMap<>();
        weights.forEach((feature, weight) -> {
            boolean meant = feature.startsWith(service + " ") && feature.endsWith(" " + signature);
            String now = meant ? feature.substring(0, feature.length() - signature.length()) + of : feature;
            renamed.merge(now, weight, Double::sum);
        });
        return new Fingerprint(renamed);
    }

    /** As records carry it: by weight, highest first. */
    List<Feature> features() {
        return weights.entrySet().stream()
                .map(e -> new Feature(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingDouble(Feature::getWeight)
                        .reversed()
                        .thenComparing(Feature::getFeature))
                .toList();
    }

    /**
     * Cosine of the angle between the two, 0 to 1. It forgives what is missing in one of them more than the weighted
     * Jaccard similarity does, and gave fewer wrong answers of both sorts; the figures are in RATIONALE.md.
     */
    public double similarity(Fingerprint other) {
        double shared = 0;
        for (Map.Entry<String, Double> e : weights.entrySet()) {
            shared += e.getValue() * other.weights.getOrDefault(e.getKey(), 0.0);
        }
        double lengths = Math.sqrt(square() * other.square());
        return lengths > 0 ? Math.min(1, shared / lengths) : 0;
    }

    private double square() {
        double square = 0;
        for (double weight : weights.values()) {
            square += weight * weight;
        }
        return square;
    }
}
