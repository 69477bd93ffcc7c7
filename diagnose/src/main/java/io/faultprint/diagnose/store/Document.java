package io.faultprint.diagnose.store;

/**
 * One document for the store.
 *
 * @param index the alias or dated index it goes to
 * @param id its id there; the same document always has the same id, so that it always meets itself
 * @param rule what happens when one with that id is there already
 * @param version the version for {@link Rule#REVISION} and {@link Rule#NEWEST}; 0 otherwise
 * @param hash 16 hex digits over the content, also in the document as {@code contentHash}
 * @param json the document
 */
public record Document(String index, String id, Rule rule, long version, String hash, String json) {

    /** What happens when a document meets one with its own id. */
    public enum Rule {
        /** The higher version stays; the same version must have the same content. */
        REVISION,
        /** The higher version stays; on the same version the later write does. */
        NEWEST,
        /** Written once; what is there already must have the same content. */
        ONCE
    }

    @Override
    public String toString() {
        return index + "/" + id + " version " + version;
    }
}
