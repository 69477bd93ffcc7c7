package io.faultprint.diagnose.rules;

import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.Question;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Diagnosis without a model: each rule looks at each of the first candidates and claims what the facts speak for. Which
 * claims stand, and how sure they are, is for the check to say, as with a model.
 */
public final class RulesEngine implements Engine {

    /** What diagnoses call it. */
    public static final String NAME = "rules";

    private static final int CANDIDATES = 3;

    private static final List<Rule> RULES = List.of(
            new ChangeRule(),
            WordRule.of(
                    CauseCategory.RESOURCE_MEMORY,
                    "out ?of ?memory|oom[ -]?kill|\\boom\\b|gc overhead|heap space|cannot allocate memory|enomem",
                    "memory|heap|\\brss\\b|oom"),
            WordRule.of(
                    CauseCategory.RESOURCE_FILE_HANDLES,
                    "too many open files|emfile|enfile",
                    "open[._-]?(?:fds|files)|file[._-]?descriptor"),
            WordRule.of(
                    CauseCategory.RESOURCE_DISK,
                    "no space left|disk (?:is )?full|enospc|disk quota|read-only file system",
                    "disk|filesystem|volume"),
            WordRule.of(
                    CauseCategory.RESOURCE_CONNECTIONS,
                    "connection pool|pool (?:is )?exhausted|too many (?:connections|clients)"
                            + "|(?:connection is not available|unable to acquire (?:jdbc )?connection)"
                            + "|remaining connection slots|hikari",
                    "connection|\\bpool\\b|pending[._-]?acquire"),
            WordRule.of(
                    CauseCategory.RESOURCE_THREADS,
                    "unable to create (?:new )?(?:native )?thread|rejectedexecution|thread pool|queue (?:is )?full"
                            + "|thread starvation",
                    "thread|executor|queue"),
            WordRule.of(
                    CauseCategory.RESOURCE_CPU,
                    "cpu (?:throttl|starv|limit)|watchdog.*blocked",
                    "\\bcpu|_cpu|cpu_|throttl|load[._-]?average"),
            WordRule.of(
                    CauseCategory.CERTIFICATE_OR_CREDENTIAL,
                    "certificate (?:has )?(?:expired|verify|unknown|is not)|x509|pkix|ssl ?handshake|handshake failure"
                            + "|invalid (?:credential|password|api.?key|token)|token (?:has |is )?expired"
                            + "|authentication failed|password authentication|access denied for user",
                    ""),
            WordRule.of(
                    CauseCategory.NETWORK_DNS,
                    "unknown ?host|name or service not known|name resolution|nxdomain|getaddrinfo|no such host|enotfound"
                            + "|servfail",
                    "\\bdns"),
            WordRule.of(
                    CauseCategory.NETWORK_PARTITION,
                    "no route to host|network is unreachable|ehostunreach|host is down|split.?brain",
                    "packet[._-]?loss"),
            WordRule.of(
                    CauseCategory.MESSAGE_POISON,
                    "deserializ|unmarshal|cannot parse message|poison|malformed (?:message|payload|record)"
                            + "|schema (?:mismatch|registry)",
                    "dead[._-]?letter|redeliver"),
            WordRule.of(
                    CauseCategory.DATA_OR_QUERY,
                    "deadlock|lock wait timeout|duplicate key|constraint violation|slow query|syntax error at"
                            + "|statement timeout|relation .* does not exist|unknown column|statement cancel",
                    "lock[._-]?wait|slow[._-]?quer|deadlock"),
            WordRule.of(
                    CauseCategory.CLOCK,
                    "clock skew|clock (?:moved|went) backwards|time drift|not yet valid|requesttimetooskewed",
                    "clock|ntp[._-]?offset"),
            WordRule.of(
                    CauseCategory.HARDWARE_OR_NODE,
                    "node (?:is )?not ?ready|i/o error|hardware error|machine check|evicted|uncorrectable|disk failure",
                    "node[._-]?ready|smart[._-]"),
            WordRule.of(
                    CauseCategory.SCHEDULING_OR_RESTART,
                    "crash ?loop|back-?off restarting|sigterm|sigkill|liveness probe failed|readiness probe failed"
                            + "|failed ?scheduling|shutting down",
                    "restart|uptime"),
            new LoadRule(),
            new DependencyRule(),
            new SilenceRule(),
            new PlaceRule());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer ask(Question question) {
        Facts facts = new Facts(question.evidence());
        List<Claim> claims = new ArrayList<>();
        for (Evidence candidate : facts.candidates().stream().limit(CANDIDATES).toList()) {
            RULES.forEach(rule -> rule.about(candidate, facts)
                    .filter(claim -> claims.stream().noneMatch(it -> sameCause(it, claim)))
                    .forEach(claims::add));
        }
        return new Answer.Proposed(claims, Optional.empty(), Answer.Cost.NOTHING);
    }

    /** Two candidates may lead to one cause, for example to the dependency that both wait for. */
    private static boolean sameCause(Claim a, Claim b) {
        return a.category() == b.category()
                && a.service().equals(b.service())
                && Objects.equals(a.change(), b.change());
    }
}
