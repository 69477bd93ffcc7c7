package io.faultprint.local;

import io.faultprint.runtime.ConfigLoader;
import java.util.List;
import java.util.Map;

/** The settings of a stage as its process would read them. */
public final class StageSettings {

    private StageSettings() {}

    /** Arguments after {@code run STAGE} or {@code setup}, and the environment of its container. */
    public static <C extends Record> C read(
            String stage, Class<C> type, List<String> arguments, Map<String, String> environment) {
        // What is set up is no process with health and metrics.
        List<Class<? extends Record>> types = stage.equals("setup") ? List.of(type) : List.of(type, Common.class);
        return new ConfigLoader(stage, types)
                .load(List.of(StageArguments.of(stage, arguments, environment)), environment)
                .get(type);
    }

    /** What every process has besides. */
    record Common(Admin admin) {
        record Admin(String host, int port) {}
    }
}
