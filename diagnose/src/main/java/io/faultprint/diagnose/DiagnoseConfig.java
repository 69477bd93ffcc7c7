package io.faultprint.diagnose;

import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.faultprint.settings.WindowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the diagnose stage can be told. */
public record DiagnoseConfig(
        KafkaSettings kafka,
        RunSettings run,
        PartitionSettings partitions,
        WindowSettings window,
        Opensearch opensearch,
        Gate gate,
        Model model,
        Retention retention,
        Redact redact,
        PulseSettings pulse,
        RegistrySettings registry) {

    public DiagnoseConfig {
        Duration longest = model.longest().multipliedBy((gate.places() + gate.threads() - 1) / gate.threads());
        if (model.enabled() && gate.hold().compareTo(longest) < 0) {
            throw new UsageError("gate.hold " + text(gate.hold()) + ": a claim may take " + text(longest)
                    + " with this model (model.attempts, model.timeout, model.longest-backoff) and as many claims waiting"
                    + " (gate.places, gate.threads); another owner would ask the model again while this one still"
                    + " waits for it: set gate.hold to " + text(longest) + " or longer, or lower one of these");
        }
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + "s";
    }

    /** Where documents go. */
    public record Opensearch(
            @Default("http://127.0.0.1:9200") @About("scheme, host and port")
            URI url,

            @Default("") @About("for basic authentication; empty for none")
            String username,

            @Default("") @About("for basic authentication") String password,

            @Nullable @About("PEM file of an authority to trust for https; unset for the platform's own list")
            Path certificate,

            @Default("30s") @About("how long one request may take")
            Duration timeout,

            @Default("false")
            @About("create templates, indices and aliases that are missing; false: faultprint setup has done it")
            boolean create) {
        public Opensearch {
            Require.that(
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "url",
                    "give scheme and host, as in http://127.0.0.1:9200");
            Require.that(!timeout.isZero(), "timeout", "must be longer than 0 s");
        }

        /** The same for the store. */
        public OpenSearchSettings settings() {
            return new OpenSearchSettings(url, username, password, Optional.ofNullable(certificate), timeout, create);
        }
    }

    /** How diagnoses are claimed. */
    public record Gate(
            @Default("") @About("name of this instance, the same after a restart; empty for the host's name")
            String owner,

            @Default("5m") @About("how long a claim keeps other instances away")
            Duration hold,

            @Default("1") @About("diagnoses at the same time")
            int threads,

            @Default("1") @About("diagnoses claimed at the same time, waiting ones included")
            int places) {
        public Gate {
            Require.that(!hold.isZero(), "hold", "must be longer than 0 s");
            Require.that(threads >= 1, "threads", "must be 1 or more");
            Require.that(places >= threads, "places", "must not be less than gate.threads");
        }
    }

    /** The language model, which is off unless it is switched on. */
    public record Model(
            @Default("false") @About("ask a model about failures never seen before; without it, rules diagnose")
            boolean enabled,

            @Default("http://127.0.0.1:11434/v1") @About("an OpenAI-compatible endpoint, up to and with /v1")
            URI url,

            @Default("") @About("the model's name at that endpoint")
            String name,

            @Default("") @About("sent as a bearer token; empty for none")
            String apiKey,

            @Default("60s") @About("how long one call may take")
            Duration timeout,

            @Default("20") @About("calls at most in any hour")
            int callsPerHour,

            @Default("3") @About("calls at most for one diagnosis")
            int attempts,

            @Default("1s") @About("wait before the second call; doubles from there")
            Duration backoff,

            @Default("30s") @About("longest wait between calls, also when the endpoint asks for more")
            Duration longestBackoff,

            @Default("1m") @About("how long an endpoint that failed five times in a row is left alone")
            Duration rest) {
        public Model {
            Require.that(!enabled || !name.isBlank(), "name", "name the model to ask, or set model.enabled to false");
            Require.that(
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "url",
                    "give scheme and host, as in http://127.0.0.1:11434/v1");
            Require.that(!timeout.isZero(), "timeout", "must be longer than 0 s");
            Require.that(callsPerHour >= 0, "callsPerHour", "must be 0 or more");
            Require.that(attempts >= 1, "attempts", "must be 1 or more");
            Require.that(!rest.isZero(), "rest", "must be longer than 0 s");
        }

        /** The longest that one diagnosis may take: every call hangs, and every wait is the longest. */
        Duration longest() {
            Duration wait = backoff.compareTo(longestBackoff) > 0 ? backoff : longestBackoff;
            return timeout.multipliedBy(attempts).plus(wait.multipliedBy(attempts - 1L));
        }
    }

    /** How long dated indices stay. */
    public record Retention(
            @Default("30d") @About("dated indices older than this are deleted; 0d keeps them; a replay keeps all")
            Duration keep) {}

    /** How secrets are hidden. */
    public record Redact(
            @Default("faultprint-local-mode-key")
            @About("key of the hash in the tokens that stand for secrets; the same as ingest has")
            String key) {
        public Redact {
            Require.text(key, "key");
        }
    }
}
