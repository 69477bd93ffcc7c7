package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signatures of an older algorithm version, signed again: what was known goes on under new ids, and the old ones become
 * aliases of these, so that nothing is novel because our code changed.
 *
 * <p>The lines themselves are gone, so their masked lines are masked again; placeholders stay what they are. A wording
 * that only the old version told apart meets another here, and the older of the two stands for both.
 *
 * @param signatures the signatures as they are now, those of this version unchanged
 * @param aliases one for each old id
 */
public record Upgrade(List<Signature> signatures, List<Alias> aliases) {

    public Upgrade {
        signatures = List.copyOf(signatures);
        aliases = List.copyOf(aliases);
    }

    /** Whether any of these is of an older version. */
    public static boolean isDue(Collection<Signature> signatures) {
        return !signatures.stream().allMatch(Signature::current);
    }

    /**
     * The same signatures in this version.
     *
     * @param next an order above all that the tree has given
     */
    public static Upgrade of(Collection<Signature> stored, SteeringRules rules, long next) {
        Masker masker = new Masker(rules);
        Map<String, Signature> now = new LinkedHashMap<>();
        List<Alias> aliases = new ArrayList<>();
        List<Signature> byAge = new ArrayList<>(stored);
        byAge.sort(Comparator.comparingLong(Signature::order));
        for (Signature signature : byAge) {
            if (signature.current()) {
                now.putIfAbsent(signature.id(), signature);
            }
        }
        for (Signature signature : byAge) {
            if (!signature.current()) {
                Signature signed = again(signature, masker, rules);
                now.putIfAbsent(signed.id(), signed);
                aliases.add(new Alias(signature.id(), signed.id(), next + aliases.size()));
            }
        }
        return new Upgrade(List.copyOf(now.values()), aliases);
    }

    private static Signature again(Signature old, Masker masker, SteeringRules rules) {
        if (old.kind() == MaskedLine.Kind.EXCEPTION) {
            return Signature.born(MaskedLine.of(old.founding(), old.kind()), old.order());
        }
        MaskedLine founding = masker.mask(old.founding());
        String template = masker.mask(old.template()).text();
        Signature signed = Signature.born(founding, old.order());
        // A template that fell apart otherwise than its founding line would be one that nothing ever meets.
        boolean alike = Wording.of(template, rules).size()
                == Wording.of(founding.text(), rules).size();
        return alike ? signed.withTemplate(template) : signed;
    }
}
