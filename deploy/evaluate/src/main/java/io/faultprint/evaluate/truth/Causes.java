package io.faultprint.evaluate.truth;

import io.faultprint.diagnosis.CauseCategory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The categories of causes as a truth writes them, such as {@code resource exhaustion (memory)} or {@code code change}. */
public final class Causes {

    /** Of these the second word says which one, in brackets. */
    private static final Map<String, String> FAMILIES = Map.of(
            "RESOURCE_", "resource exhaustion",
            "DEPENDENCY_", "dependency",
            "NETWORK_", "network");

    private Causes() {}

    /** The category that is written so; empty when there is none. */
    public static Optional<CauseCategory> of(String words) {
        return Arrays.stream(CauseCategory.values())
                .filter(category -> words(category).equals(words))
                .findFirst();
    }

    /** How a category is written. */
    public static String words(CauseCategory category) {
        String name = category.name();
        for (Map.Entry<String, String> family : FAMILIES.entrySet()) {
            if (name.startsWith(family.getKey())) {
                return family.getValue() + " ("
                        + spaced(name.substring(family.getKey().length())) + ")";
            }
        }
        return spaced(name);
    }

    /** All of them. */
    static List<String> all() {
        return Arrays.stream(CauseCategory.values()).map(Causes::words).toList();
    }

    private static String spaced(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
