package io.faultprint.diagnose.check;

import io.faultprint.diagnose.evidence.EvidenceText;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.event.ChangeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the categories of causes mean to the check: which need a change, how they are called, what to look at next. */
public final class Categories {

    /** A claim of these without a change is no claim. */
    static final Set<CauseCategory> NEED_CHANGE =
            Set.of(CauseCategory.CODE_CHANGE, CauseCategory.CONFIGURATION_CHANGE, CauseCategory.FEATURE_FLAG);

    private static final Map<ChangeKind, CauseCategory> OF_CHANGE = Map.of(
            ChangeKind.DEPLOY, CauseCategory.CODE_CHANGE,
            ChangeKind.CONFIGURATION, CauseCategory.CONFIGURATION_CHANGE,
            ChangeKind.INFRASTRUCTURE, CauseCategory.CONFIGURATION_CHANGE,
            ChangeKind.FEATURE_FLAG, CauseCategory.FEATURE_FLAG,
            ChangeKind.DATABASE, CauseCategory.DATA_OR_QUERY);

    private Categories() {}

    /** The category that a change speaks for; empty when its kind says nothing. */
    public static Optional<CauseCategory> ofChange(Evidence change) {
        return EvidenceText.changeKind(change.getText()).flatMap(kind -> Optional.ofNullable(OF_CHANGE.get(kind)));
    }

    static String words(CauseCategory category) {
        return switch (category) {
            case CODE_CHANGE -> "a change of code";
            case CONFIGURATION_CHANGE -> "a change of configuration";
            case FEATURE_FLAG -> "a feature flag";
            case RESOURCE_CPU -> "too little CPU";
            case RESOURCE_MEMORY -> "too little memory";
            case RESOURCE_DISK -> "too little disk";
            case RESOURCE_CONNECTIONS -> "too few connections";
            case RESOURCE_THREADS -> "too few threads";
            case RESOURCE_FILE_HANDLES -> "too few file handles";
            case LOAD -> "more load than usual";
            case DEPENDENCY_INTERNAL -> "a service that others depend on";
            case DEPENDENCY_EXTERNAL -> "a dependency that is not under watch";
            case NETWORK_DNS -> "name resolution";
            case NETWORK_LATENCY -> "a slow network";
            case NETWORK_PARTITION -> "a broken network path";
            case CERTIFICATE_OR_CREDENTIAL -> "a certificate or credential";
            case DATA_OR_QUERY -> "data or a query";
            case MESSAGE_POISON -> "a message that cannot be processed";
            case HARDWARE_OR_NODE -> "hardware or a node";
            case SCHEDULING_OR_RESTART -> "a stop, restart or scheduling";
            case CLOCK -> "a clock";
            case UNKNOWN -> "a cause that the evidence does not name";
        };
    }

    /** Fixed per category, so that nothing a log line says can send people anywhere. */
    static List<String> nextChecks(CauseCategory category, String service) {
        return switch (category) {
            case CODE_CHANGE ->
                List.of(
                        "Compare " + service + " before and after the change; try the version before.",
                        "Look at instances that still run the version before.");
            case CONFIGURATION_CHANGE, FEATURE_FLAG ->
                List.of("Set it back for " + service + " and watch whether the signal follows.");
            case RESOURCE_CPU -> List.of("CPU use, limits and throttling of " + service + ", by instance.");
            case RESOURCE_MEMORY ->
                List.of(
                        "Memory use against the limit of " + service + ", by instance, over the last day.",
                        "Restarts by the out-of-memory killer.");
            case RESOURCE_DISK -> List.of("Free space and inodes of the volumes of " + service + ".");
            case RESOURCE_CONNECTIONS ->
                List.of(
                        "Connections in use and waiting in the pool of " + service + ".",
                        "What holds connections long at the other end: slow queries, locks.");
            case RESOURCE_THREADS -> List.of("A thread dump of " + service + ": what do its threads wait for?");
            case RESOURCE_FILE_HANDLES -> List.of("Open files and sockets of " + service + " against its limit.");
            case LOAD -> List.of("Who calls " + service + " more than usual: callers, routes, clients.");
            case DEPENDENCY_INTERNAL ->
                List.of("The health of " + service + " seen from itself, and its own dependencies.");
            case DEPENDENCY_EXTERNAL ->
                List.of("The status of what " + service + " calls outside; a call by hand from its host.");
            case NETWORK_DNS -> List.of("Resolve the names that " + service + " uses, from its host.");
            case NETWORK_LATENCY, NETWORK_PARTITION ->
                List.of("The network between " + service + " and its peers: loss, latency, policies.");
            case CERTIFICATE_OR_CREDENTIAL ->
                List.of("Expiry and rotation of what " + service + " presents and trusts.");
            case DATA_OR_QUERY -> List.of("Slow queries, locks and recent data changes behind " + service + ".");
            case MESSAGE_POISON -> List.of("The message that " + service + " keeps failing on, and who sent it.");
            case HARDWARE_OR_NODE -> List.of("The nodes that " + service + " runs on; do its neighbours suffer too?");
            case SCHEDULING_OR_RESTART ->
                List.of("Restarts and scheduling events of " + service + ", with exit codes.");
            case CLOCK -> List.of("The clock offset of the hosts of " + service + ".");
            case UNKNOWN -> List.of("The first odd lines and traces of " + service + ".");
        };
    }
}
