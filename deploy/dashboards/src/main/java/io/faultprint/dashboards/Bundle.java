package io.faultprint.dashboards;

import io.faultprint.runtime.UsageError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** All dashboards of a run, with their panels and index patterns: what is imported in one go. */
public final class Bundle {

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,126}");

    private final List<SavedObject> objects;

    Bundle(List<SavedObject> objects) {
        this.objects = List.copyOf(objects);
        check();
    }

    /**
     * The dashboards of a run.
     *
     * @param prefix first part of the names of its indices: {@code faultprint}, of a replay {@code faultprint-RUN}
     * @throws UsageError when no run is called so
     */
    public static Bundle of(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new UsageError("--prefix " + prefix
                    + ": use lower-case letters, digits and dashes (default faultprint; of a replay faultprint-RUN)");
        }
        List<SavedObject> objects = new ArrayList<>(new IndexPatterns(prefix).all());
        objects.addAll(new Boards(prefix).all());
        return new Bundle(objects);
    }

    /** A dashboard that points to nothing is imported without a complaint, and shows an error to people. */
    private void check() {
        Set<String> there = new HashSet<>();
        for (SavedObject object : objects) {
            if (!there.add(object.kind().word() + " " + object.id())) {
                throw new IllegalStateException(object.kind().word() + " " + object.id() + " is there twice");
            }
        }
        for (SavedObject object : objects) {
            for (SavedObject.Reference reference : object.references()) {
                if (!there.contains(reference.kind().word() + " " + reference.id())) {
                    throw new IllegalStateException(object.id() + " points to "
                            + reference.kind().word() + " " + reference.id() + ", which is not in the bundle");
                }
            }
        }
    }

    List<SavedObject> objects() {
        return objects;
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }

    /** One JSON object per line, what is pointed to before what points to it; the same bytes at every build. */
    public byte[] ndjson() {
        StringBuilder lines = new StringBuilder();
        objects.forEach(object -> lines.append(object.json()).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
