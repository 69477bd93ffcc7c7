package io.faultprint.ingest.normalise;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes as text: redacted, bounded, and with a count of what the bounds took. */
final class Attributes {

    private final Texts texts;
    private final Limits limits;

    Attributes(Texts texts, Limits limits) {
        this.texts = texts;
        this.limits = limits;
    }

    /** What was kept, and how many were left out or shortened. */
    record Kept(Map<String, String> map, int cut) {}

    /** Those of logs and spans; exceptions have fields of their own and are left out here. */
    Kept of(List<KeyValue> attributes) {
        if (attributes.isEmpty()) {
            return new Kept(Map.of(), 0);
        }
        Map<String, String> kept = new LinkedHashMap<>();
        int cut = 0;
        for (KeyValue attribute : attributes) {
            String name = attribute.getKey();
            if (ExceptionFields.owns(name)) {
                continue;
            }
            if (kept.size() >= limits.attributes() || name.length() > Limits.NAME) {
                cut++;
                continue;
            }
            Texts.Cut value = texts.bounded(name, AnyText.of(attribute.getValue()), limits.attributeBytes());
            kept.put(name, value.text());
            cut += value.bytes() > 0 ? 1 : 0;
        }
        return new Kept(kept, cut);
    }

    /**
     * Those of a metric point. They identify its series, so none may be left out, and a shortened value ends in the
     * hash of the whole one.
     *
     * @throws Refusal when there are too many
     */
    Map<String, String> ofSeries(List<KeyValue> attributes) throws Refusal {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        if (attributes.size() > limits.attributes()) {
            throw new Refusal(
                    Cause.TOO_MANY_ATTRIBUTES,
                    attributes.size() + " attributes on one point; at most " + limits.attributes());
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (KeyValue attribute : attributes) {
            String whole = AnyText.of(attribute.getValue());
            Texts.Cut value = texts.bounded(attribute.getKey(), whole, limits.attributeBytes());
            String text = value.bytes() == 0 ? value.text() : value.text() + "…" + io.faultprint.id.Ids.hash(whole);
            kept.put(Texts.cut(attribute.getKey(), Limits.NAME).text(), text);
        }
        return kept;
    }
}
