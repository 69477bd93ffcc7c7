package io.faultprint.notify;

import io.faultprint.notify.receiver.TargetSettings;
import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the notify stage can be told. */
public record NotifyConfig(
        KafkaSettings kafka,
        RunSettings run,
        PartitionSettings partitions,
        Tell tell,
        Map<String, Target> targets,
        PulseSettings pulse,
        RegistrySettings registry) {

    private static final String TARGET = "[a-z0-9][a-z0-9-]{0,40}";

    public NotifyConfig {
        targets = Map.copyOf(targets);
        for (String name : targets.keySet()) {
            Require.that(
                    name.matches(TARGET),
                    "targets",
                    "'" + name + "': a target's name is part of its consumer group; use lower-case letters, digits and"
                            + " dashes, at most 41");
        }
        Require.that(
                run.id().isEmpty() || tell.replay(),
                "run",
                "run.id " + run.id()
                        + " is a replay, and nobody is called out of bed for one; set tell.replay=true to"
                        + " be told all the same");
    }

    /** Where a target that is new begins. */
    public enum From {
        NOW,
        BEGINNING
    }

    /** How a target wants to be told. */
    public enum FormName {
        JSON,
        ALERTMANAGER,
        ALERTMANAGER_WEBHOOK
    }

    /** What holds for all targets. */
    public record Tell(
            @Default("now")
            @About(
                    "where a target that is new begins: now (with all that is open then) or beginning (with all that the topics"
                            + " hold)")
            From from,

            @Default("false") @About("tell of a replay (run.id) too")
            boolean replay,

            @Default("")
            @About("name of this instance in its pulse, the same after a restart; empty for the host's name")
            String instance,

            @Default("")
            @About(
                    "where people read of an incident, with {id} and {environment}, as in https://faultprint.example/incidents/{id}")
            String link) {
        public Tell {
            Require.that(
                    link.isEmpty() || (link.matches("https?://[^/\\s]+/\\S*") && link.contains("{id}")),
                    "link",
                    "give an address with {id} in it, as in https://faultprint.example/incidents/{id}");
        }
    }

    /** One receiver. */
    public record Target(
            @About("where requests go; of an alertmanager its root, as in http://127.0.0.1:9093")
            URI url,

            @Default("json") @About("json, alertmanager (its API) or alertmanager-webhook (what its webhooks send)")
            FormName form,

            @Default("") @About("key of the signature in X-Faultprint-Signature; empty for none")
            String secret,

            @About("headers added to each request") Map<String, String> headers,

            @Default("") @About("for basic authentication; empty for none")
            String username,

            @Default("") @About("for basic authentication") String password,

            @Default("") @About("sent as a bearer token; empty for none")
            String bearer,

            @Default("") @About("environments it is told of, joined by commas; empty for all")
            List<String> environments,

            @Default("4")
            @About("it is told of incidents that were ever of this severity or worse; 1 is the worst, 4 all")
            int severity,

            @Default("10s") @About("how long one request may take, its answer included")
            Duration timeout,

            @Nullable @About("PEM file of an authority to trust for https; unset for the platform's own list")
            Path certificate,

            @Default("1d")
            @About("how long one notification is tried while the target answers 5xx; then it is a dead letter")
            Duration giveUp,

            @Default("1m") @About("of form alertmanager: how often what is open is said again")
            Duration repeat,

            @Default("1h")
            @About("of form alertmanager: how long an incident stays open there when nothing more is heard")
            Duration hold) {

        private static final Set<String> OURS =
                Set.of("content-type", "user-agent", "authorization", "idempotency-key");
        private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

        public Target {
            headers = Map.copyOf(headers);
            environments = List.copyOf(environments);
            Require.that(
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "url",
                    "give scheme and host, as in http://127.0.0.1:9093");
            Require.that(
                    url.getRawUserInfo() == null, "url", "must hold no user; set username and password, or bearer");
            Require.that(url.getRawFragment() == null, "url", "must have no part behind #");
            Require.that(
                    bearer.isEmpty() || username.isEmpty(), "bearer", "set either bearer or username and password");
            Require.that(username.isEmpty() == password.isEmpty(), "password", "set username and password, or neither");
            Require.that(severity >= 1 && severity <= 4, "severity", "must be from 1, the worst, to 4");
            Require.that(
                    !timeout.isZero() && timeout.compareTo(LONGEST_REQUEST) <= 0,
                    "timeout",
                    "must be longer than 0 s and at most 60s");
            Require.that(repeat.toMillis() >= 1_000, "repeat", "at least 1s");
            Require.that(
                    hold.compareTo(repeat.multipliedBy(3)) >= 0,
                    "hold",
                    "must be three times repeat or longer, so that two lost requests resolve nothing");
            headers.forEach(Target::checkHeader);
            // A line break in it would begin a header of its own.
            if (!bearer.isEmpty()) {
                Require.that(bearer.matches("[!-~]+"), "bearer", "must be visible ASCII without spaces");
            }
        }

        private static void checkHeader(String name, String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            Require.that(
                    !OURS.contains(lower) && !lower.startsWith("x-faultprint-"),
                    "headers",
                    name + " is set by us; for authorization set bearer, or username and password");
            try {
                HttpRequest.newBuilder().header(name, value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("headers: " + name + " cannot be sent as a header", e);
            }
        }

        private String authorization() {
            if (!bearer.isEmpty()) {
                return "Bearer " + bearer;
            }
            String pair = username + ":" + password;
            return username.isEmpty()
                    ? ""
                    : "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        private URI address() {
            if (form != FormName.ALERTMANAGER) {
                return url;
            }
            String root = url.toString().replaceAll("/+$", "");
            return URI.create(root.endsWith("/api/v2/alerts") ? root : root + "/api/v2/alerts");
        }
    }

    /** A target for its worker. */
    TargetSettings settings(String name, Target target) {
        return new TargetSettings(
                name,
                target.address(),
                target.secret(),
                target.headers(),
                target.authorization(),
                target.environments(),
                target.severity(),
                target.timeout(),
                Optional.ofNullable(target.certificate()),
                target.giveUp(),
                target.repeat(),
                tell.from() == From.BEGINNING);
    }
}
