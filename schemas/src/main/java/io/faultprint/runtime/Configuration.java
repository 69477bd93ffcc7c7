package io.faultprint.runtime;

import java.util.List;
import java.util.Map;

/** A configuration that has been read and checked. */
public final class Configuration {

    private final Map<Class<? extends Record>, Record> records;
    private final List<String> lines;

    Configuration(Map<Class<? extends Record>, Record> records, List<String> lines) {
        this.records = Map.copyOf(records);
        this.lines = List.copyOf(lines);
    }

    /** The record of one of the types that the loader was made for. */
    public <C extends Record> C get(Class<C> type) {
        Record found = records.get(type);
        if (found == null) {
            throw new IllegalArgumentException(type + " is not part of this configuration");
        }
        return type.cast(found);
    }

    /**
     * Every key with its value and where it comes from, one line each, as a YAML file that would give the same; values
     * of keys that end in password, secret, token or key are {@code ***}.
     */
    public List<String> lines() {
        return lines;
    }
}
