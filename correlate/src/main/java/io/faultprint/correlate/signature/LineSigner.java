package io.faultprint.correlate.signature;

/**
 * Signs lines one by one, as if each were a window of its own; what {@code faultprint signatures} prints. Not for use by
 * two threads at once.
 */
public final class LineSigner {

    private final Masker masker;
    private final ExceptionSigner exceptions = new ExceptionSigner();
    private final SignatureTree tree;
    private final Explainer explainer;

    public LineSigner(SignatureLimits limits) {
        this(limits, SteeringRules.NONE);
    }

    public LineSigner(SignatureLimits limits, SteeringRules rules) {
        this.masker = new Masker(rules);
        this.tree = new SignatureTree(limits, rules);
        this.explainer = new Explainer(masker, exceptions, tree, rules);
    }

    /** Signs a line and says how its signature was found. */
    public Explanation explain(String line) {
        return explainer.explain(line);
    }

    /** How many signatures there are. */
    public int size() {
        return tree.size();
    }

    /** Whether a rule leaves a line out. */
    public boolean ignores(String line) {
        return masker.ignores(line);
    }

    /** The id of the line's signature; {@link SignatureTree#FLOOD}'s when there are too many. */
    public String sign(String line) {
        if (ExceptionSigner.looksLikeTrace(line)) {
            return tree.resolve(exceptions.fromBody(line, masker)).signature().id();
        }
        long hash = masker.scan(line);
        return tree.known(hash)
                .orElseGet(() -> tree.resolve(masker.scanned(hash)).signature())
                .id();
    }

    /** The id that stands for one that {@link #sign} gave: the same, unless its signature was merged into another since. */
    public String current(String id) {
        return tree.current(id);
    }

    /**
     * The template of a signature as it stands now.
     *
     * @throws IllegalArgumentException when this signer never gave that id
     */
    public String template(String id) {
        if (id.equals(SignatureTree.FLOOD.id())) {
            return SignatureTree.FLOOD.template();
        }
        return tree.signature(id)
                .orElseThrow(() -> new IllegalArgumentException("no signature " + id + " was given by this signer"))
                .template();
    }
}
