package io.faultprint.local.setup;

import io.faultprint.node.NodeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker as a company has it: TLS with client certificates, SASL, and an authorizer that lets the principal
 * {@code stages} read and write under one prefix, and create nothing.
 */
public final class LockedBroker {

    private final Certificates certificates;
    private final Map<String, String> passwords = Map.of(
            "admin", UUID.randomUUID().toString(), "stages", UUID.randomUUID().toString());

    public LockedBroker(Certificates certificates) {
        this.certificates = certificates;
    }

    public NodeSpec lock(NodeSpec spec) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put(
                "listener.name.broker.plain.sasl.jaas.config",
                login("admin")
                        .replace(
                                ";",
                                " user_admin=\"" + passwords.get("admin") + "\" user_stages=\""
                                        + passwords.get("stages") + "\";"));
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
    public void grant(String address, String prefix) throws Exception {
        Map<String, Object> client = new HashMap<>(client("admin"));
        client.put("bootstrap.servers", address);
        List<AclBinding> grants = new ArrayList<>();
        grants.addAll(grants(prefix, ResourceType.TOPIC, AclOperation.READ, AclOperation.WRITE));
        grants.addAll(grants(prefix, ResourceType.GROUP, AclOperation.READ));
        grants.addAll(grants(prefix, ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE));
        try (Admin admin = Admin.create(client)) {
            admin.createAcls(grants).all().get();
        }
    }

    /** Who may read or write may also describe. */
    private static List<AclBinding> grants(String prefix, ResourceType type, AclOperation... operations) {
        return Stream.of(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, prefix, PatternType.PREFIXED),
                        new AccessControlEntry("User:stages", "*", operation, AclPermissionType.ALLOW)))
                .toList();
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
