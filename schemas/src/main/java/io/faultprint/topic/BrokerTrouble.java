package io.faultprint.topic;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** What is really wrong when a broker cannot be worked with: only one of many causes is that none is there. */
public final class BrokerTrouble {

    private static final String RIGHTS = "; deploy/OWN-SERVERS.md lists under \"Rights\" what each principal needs";

    private BrokerTrouble() {}

    /**
     * What to throw: a {@link UsageError} for what somebody has to set right (address, properties, login, certificates,
     * rights), else {@link Unreachable}, which a later start may mend.
     *
     * @param where the broker as the user named it, as {@code kafka.bootstrap-servers HOST:PORT}
     */
    public static RuntimeException of(String where, RuntimeException problem) {
        Optional<SslAuthenticationException> tls = cause(problem, SslAuthenticationException.class);
        if (tls.isPresent()) {
            return mistake(
                    where,
                    "TLS with the broker fails (" + words(tls.get()) + "); security.protocol must be that of this port,"
                            + " ssl.truststore.location hold the authority of the broker's certificate, and"
                            + " ssl.keystore.location a certificate of yours where the broker asks for one",
                    problem);
        }
        Optional<AuthenticationException> login = cause(problem, AuthenticationException.class);
        if (login.isPresent()) {
            return mistake(
                    where,
                    "the broker refuses the login (" + words(login.get())
                            + "); set security.protocol, sasl.mechanism and sasl.jaas.config as it wants them",
                    problem);
        }
        Optional<AuthorizationException> rights = cause(problem, AuthorizationException.class);
        if (rights.isPresent()) {
            return mistake(where, "this principal may not do that (" + denied(rights.get()) + ")" + RIGHTS, problem);
        }
        Optional<ConfigException> configuration = cause(problem, ConfigException.class);
        if (configuration.isPresent() && !words(configuration.get()).contains("bootstrap")) {
            return mistake(where, refused(words(configuration.get())), problem);
        }
        if (configuration.isEmpty() && problem.getClass() == KafkaException.class && problem.getCause() != null) {
            // So a client speaks that cannot even be built: a keystore that is not there, a class that is not known.
            return mistake(where, refused(words(innermost(problem))), problem);
        }
        String silent = "no broker answers there ("
                + words(configuration.<Throwable>map(it -> it).orElse(problem)) + "); start one, or name another";
        return configuration.isPresent()
                ? mistake(where, silent, problem)
                : new Unreachable(
                        where + ": " + silent
                                + "; a broker that wants TLS is silent to a client without (security.protocol)",
                        problem);
    }

    private static UsageError mistake(String where, String what, RuntimeException problem) {
        return new UsageError(where + ": " + what, problem);
    }

    private static String refused(String why) {
        return "the Kafka client refuses its properties (" + why + "); set them right in kafka.properties or"
                + " --kafka-property";
    }

    private static String denied(AuthorizationException rights) {
        if (rights instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return "topic " + String.join(", ", new TreeSet<>(topics.unauthorizedTopics()));
        }
        if (rights instanceof GroupAuthorizationException group && group.groupId() != null) {
            return "group " + group.groupId();
        }
        return rights instanceof TransactionalIdAuthorizationException
                ? "transactional id: " + words(rights)
                : words(rights);
    }

    private static <E extends Throwable> Optional<E> cause(Throwable problem, Class<E> type) {
        for (Throwable at = problem; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private static Throwable innermost(Throwable problem) {
        Throwable inner = problem;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** An exception without a message is named by its class. */
    private static String words(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
