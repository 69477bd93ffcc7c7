package io.faultprint.local.setup;

import io.faultprint.node.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The lines {@code acl …} of {@code deploy/OWN-SERVERS.md}, as {@code kafka-acls.sh --add} reads them. */
public final class DocumentedRights {

    /** The prefix that the document has. */
    private static final String PREFIX = "acme";

    private record Right(String principal, AclOperation operation, ResourcePattern on) {

        AclBinding binding() {
            return new AclBinding(
                    on, new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
        }
    }

    private final List<Right> rights;

    private DocumentedRights(List<Right> rights) {
        this.rights = rights;
    }

    /** With another prefix in place of the document's. */
    public static DocumentedRights read(String prefix) {
        Path document = Path.of(System.getProperty(Nodes.ROOT_PROPERTY, ""), "deploy", "OWN-SERVERS.md");
        List<Right> rights = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(document)) {
                if (line.startsWith("acl --")) {
                    rights.addAll(line(line.replace(" " + PREFIX, " " + prefix)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DocumentedRights(List.copyOf(rights));
    }

    /** Of each principal its own. */
    public List<AclBinding> bindings() {
        return rights.stream().map(Right::binding).distinct().toList();
    }

    public Set<String> principals() {
        Set<String> principals = new TreeSet<>();
        rights.forEach(right -> principals.add(right.principal()));
        return principals;
    }

    /** Topics that are named in full. */
    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        rights.stream()
                .map(Right::on)
                .filter(on -> on.resourceType() == ResourceType.TOPIC && on.patternType() == PatternType.LITERAL)
                .forEach(on -> topics.add(on.name()));
        return topics;
    }

    private static List<Right> line(String line) {
        List<String> principals = new ArrayList<>();
        List<AclOperation> operations = new ArrayList<>();
        List<String[]> resources = new ArrayList<>();
        PatternType pattern = PatternType.LITERAL;
        Iterator<String> words =
                Arrays.stream(line.strip().split("\\s+")).skip(1).iterator();
        while (words.hasNext()) {
            String option = words.next();
            String value = words.next();
            switch (option) {
                case "--allow-principal" -> principals.add(value.replaceFirst("^User:", ""));
                case "--operation" -> operations.add(AclOperation.fromString(value));
                case "--resource-pattern-type" -> pattern = PatternType.fromString(value.toUpperCase(Locale.ROOT));
                case "--topic", "--group", "--transactional-id" -> resources.add(new String[] {option, value});
                default ->
                    throw new IllegalStateException(line + ": " + option + " is no option of kafka-acls.sh here");
            }
        }
        List<Right> rights = new ArrayList<>();
        for (String principal : principals) {
            for (AclOperation operation : operations) {
                for (String[] resource : resources) {
                    rights.add(new Right(
                            principal, operation, new ResourcePattern(type(resource[0]), resource[1], pattern)));
                }
            }
        }
        return rights;
    }

    private static ResourceType type(String option) {
        return ResourceType.fromString(option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
