package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of a line what {@link LineSigner} does with it, before that does it. */
final class Explainer {

    private final Masker masker;
    private final ExceptionSigner exceptions;
    private final SignatureTree tree;
    private final SteeringRules rules;

    Explainer(Masker masker, ExceptionSigner exceptions, SignatureTree tree, SteeringRules rules) {
        this.masker = masker;
        this.exceptions = exceptions;
        this.tree = tree;
        this.rules = rules;
    }

    Explanation explain(String line) {
        if (masker.ignores(line)) {
            MaskedLine none = MaskedLine.of("", MaskedLine.Kind.LINE);
            return new Explanation(
                    List.of(), List.of(), none, Explanation.Path.IGNORED, Optional.empty(), Optional.empty());
        }
        boolean trace = ExceptionSigner.looksLikeTrace(line);
        MaskedLine masked = trace ? exceptions.fromBody(line, masker) : masker.mask(line);
        // A trace is masked message by message: what was scanned last is none of the whole.
        List<Explanation.HeaderPart> header = trace ? List.of() : masker.header();
        List<Explanation.Variable> variables = trace ? List.of() : variables();
        boolean known = tree.known(masked.hash()).isPresent();
        boolean founding = tree.signature(Signature.idOf(masked)).isPresent();
        Optional<Explanation.Nearest> nearest = known || trace ? Optional.empty() : nearest(masked);
        Resolution resolution = tree.resolve(masked);
        Explanation.Path path = path(resolution, known, founding, masked);
        boolean met = path != Explanation.Path.NEW && path != Explanation.Path.FLOOD;
        return new Explanation(
                header, variables, masked, path, Optional.of(resolution.signature()), met ? Optional.empty() : nearest);
    }

    private static Explanation.Path path(Resolution resolution, boolean known, boolean founding, MaskedLine masked) {
        if (resolution instanceof Resolution.Flooded) {
            return Explanation.Path.FLOOD;
        }
        if (masked.kind() == MaskedLine.Kind.EXCEPTION) {
            return Explanation.Path.EXCEPTION;
        }
        if (known || founding) {
            return known ? Explanation.Path.KNOWN : Explanation.Path.FOUNDING;
        }
        if (resolution instanceof Resolution.Joined joined) {
            return joined.merge().aliases().isEmpty() ? Explanation.Path.LIKE : Explanation.Path.CROWD;
        }
        return Explanation.Path.NEW;
    }

    private List<Explanation.Variable> variables() {
        List<Explanation.Variable> variables = new ArrayList<>();
        for (int place = 0; place < masker.places(); place++) {
            String text = masker.value(place);
            String placeholder = masker.placeholder(place);
            char[] chars = text.toCharArray();
            String why = rules.masks(chars, 0, chars.length) ? "rule" : why(placeholder);
            variables.add(new Explanation.Variable(text, placeholder, why));
        }
        return variables;
    }

    private static String why(String placeholder) {
        if (placeholder.equals(Placeholder.VALUE.text())) {
            return "place";
        }
        if (placeholder.equals(Placeholder.MORE.text())) {
            return "cap";
        }
        return placeholder.equals(Placeholder.NAME.text()) ? "neighbours" : "shape";
    }

    /** Of the templates of its size the one with the most equal elements, the oldest of those. */
    private Optional<Explanation.Nearest> nearest(MaskedLine masked) {
        Wording line = Wording.of(masked.text(), rules);
        Signature nearest = null;
        int most = 0;
        for (Signature signature : tree.signatures()) {
            Wording template = Wording.of(signature.template(), rules);
            if (signature.kind() == MaskedLine.Kind.LINE && template.size() == line.size()) {
                int equal = line.size() - differences(template, line).size();
                if (equal > most) {
                    most = equal;
                    nearest = signature;
                }
            }
        }
        return Optional.ofNullable(nearest)
                .map(found -> new Explanation.Nearest(found, differences(Wording.of(found.template(), rules), line)));
    }

    private static List<String> differences(Wording template, Wording line) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            if (template.hash(i) != line.hash(i)) {
                differences.add(template.word(i) + " / " + line.word(i));
            }
        }
        return differences;
    }
}
