package io.faultprint.diagnose.store;

import java.util.List;
import java.util.stream.Stream;

/** Which indices there are and what is in them, for whoever shows it. */
public final class Mappings {

    private Mappings() {}

    /** The name of each index, without the run's prefix and without a day. */
    public static List<String> names() {
        return Stream.concat(Indices.ALIASES.stream(), Indices.DATED.stream()).toList();
    }

    /**
     * Whether there is an index for each day, called {@code PREFIX-NAME-uuuu.MM.dd}; else one alias, {@code PREFIX-NAME}.
     *
     * @throws IllegalArgumentException when there is no index of that name
     */
    public static boolean dated(String name) {
        return Indices.DATED.contains(known(name));
    }

    /**
     * The mapping as OpenSearch takes it, JSON.
     *
     * @throws IllegalArgumentException when there is no index of that name
     */
    public static String of(String name) {
        return Indices.mapping(known(name));
    }

    private static String known(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("index '" + name + "': there are " + String.join(", ", names()));
        }
        return name;
    }
}
