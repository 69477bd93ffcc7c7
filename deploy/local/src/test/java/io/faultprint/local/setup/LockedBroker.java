package io.faultprint.local.setup;

import io.faultprint.node.NodeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A broker as a company has it: TLS with client certificates, SASL, and an authorizer that lets each principal do what the
 * documentation says, and no more.
 */
public final class LockedBroker {

    private final Certificates certificates;
    /** Who may do everything, and those of the documentation. */
    private final Map<String, String> passwords = Stream.concat(
                    Stream.of("admin"), DocumentedRights.read("acme").principals().stream())
            .collect(Collectors.toMap(
                    principal -> principal, principal -> UUID.randomUUID().toString()));

    public LockedBroker(Certificates certificates) {
        this.certificates = certificates;
    }

    public NodeSpec lock(NodeSpec spec) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put(
                "listener.name.broker.plain.sasl.jaas.config", login("admin").replace(";", " " + users() + ";"));
        settings.put("ssl.client.auth", "required");
        settings.put("ssl.keystore.location", certificates.broker().toString());
        settings.put("ssl.truststore.location", certificates.brokerTrust().toString());
        ssl(settings);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:admin;User:ANONYMOUS");
        NodeSpec locked = spec;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            locked = locked.withProperty(setting.getKey(), setting.getValue());
        }
        return locked;
    }

    /** What a client of this principal must set. */
    public Map<String, String> client(String principal) {
        Map<String, String> client = new HashMap<>();
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", login(principal));
        client.put("ssl.keystore.location", certificates.client().toString());
        client.put("ssl.truststore.location", certificates.clientTrust().toString());
        ssl(client);
        return client;
    }

    /** The same as arguments of a command. */
    public List<String> arguments(String principal) {
        List<String> arguments = new ArrayList<>();
        client(principal).forEach((key, value) -> {
            arguments.add("--kafka-property");
            arguments.add(key + "=" + value);
        });
        return arguments;
    }

    /** What the documentation asks an operator to grant. */
    public void grant(String address, List<AclBinding> rights) throws Exception {
        Map<String, Object> client = new HashMap<>(client("admin"));
        client.put("bootstrap.servers", address);
        try (Admin admin = Admin.create(client)) {
            admin.createAcls(rights).all().get();
        }
    }

    private String users() {
        return passwords.entrySet().stream()
                .map(user -> "user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                .collect(Collectors.joining(" "));
    }

    private void ssl(Map<String, String> settings) {
        for (String store : List.of("keystore", "truststore")) {
            settings.put("ssl." + store + ".type", "PKCS12");
            settings.put("ssl." + store + ".password", certificates.password());
        }
        settings.put("ssl.key.password", certificates.password());
    }

    private String login(String principal) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + principal
                + "\" password=\"" + passwords.get(principal) + "\";";
    }
}
