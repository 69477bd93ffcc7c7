package io.faultprint.scenario.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes the changes of a run. Guilty and innocent ones read alike: only their effect tells them apart. */
final class ChangeWriter {

    private static final List<String> WHAT = List.of(
            "Tidy up request validation",
            "Upgrade minor dependencies",
            "Speed up serialisation of responses",
            "Add fields to the audit record",
            "Move helper classes, no change in behaviour",
            "Handle empty price lists",
            "Use the new client library");
    private static final List<String> SETTINGS =
            List.of("Raise log sampling", "Change cache time to live", "Set new time zone data", "Rename log appender");
    private static final List<String> ACCOUNTS = List.of("deploy-bot", "release-train", "platform-ops", "gitops");

    private final Scenario scenario;
    private final SplittableRandom random;
    private final List<PlannedChange> written = new ArrayList<>();

    ChangeWriter(Scenario scenario, SplittableRandom random) {
        this.scenario = scenario;
        this.random = random;
    }

    List<PlannedChange> written() {
        return versioned();
    }

    /** Writes the changes that bring a fault of this kind about and end it; the ids of those that bring it about. */
    List<String> cause(FaultKind kind, String service, long onset, long end) {
        return switch (kind.cause()) {
            case NONE -> List.of();
            case DEPLOY -> {
                // The deploy stands a few seconds before its harm, the rollback at its end.
                String id = add("deploy", service, onset - 3000 - random.nextInt(3000), pick(WHAT));
                add("rollback", service, end, "Roll back to the previous version");
                yield List.of(id);
            }
            case CONFIGURATION -> {
                String id = add("configuration", service, onset - 500, "Move database host names to the new DNS zone");
                add("configuration", service, end, "Restore database host names");
                yield List.of(id);
            }
            case FLAG -> {
                String id = add("flag", service, onset - 400, "Turn on a feature gate for all users");
                add("flag", service, end, "Turn off a feature gate");
                yield List.of(id);
            }
            case TWO_CONFIGURATIONS -> {
                long before = onset - 120_000 - random.nextInt(120_000);
                String first = add("configuration", service, before, "Lower the size of the connection pool");
                String second = add("configuration", service, onset - 500, "Shorten the life of cache entries");
                add("configuration", service, end, "Restore the connection pool and the cache settings");
                yield List.of(first, second);
            }
        };
    }

    /**
     * An innocent change one to three minutes before a fault, at a service that has no part in it; in a third of the
     * runs another one at the service itself.
     */
    void herring(String kind, PlannedFault fault, SplittableRandom dice) {
        List<String> others = scenario.services().keySet().stream()
                .filter(each -> !each.equals(fault.service()))
                .toList();
        String elsewhere = others.get(dice.nextInt(others.size()));
        add(kind, elsewhere, fault.onsetMs() - 60_000 - dice.nextInt(120_000), innocentWords(kind));
        if (dice.nextInt(3) == 0) {
            add(kind, fault.service(), fault.onsetMs() - 60_000 - dice.nextInt(120_000), innocentWords(kind));
        }
    }

    /** Changes at random moments of the run, and if so wished before every third fault one elsewhere, as a red herring. */
    void innocent(long lengthMs, List<PlannedFault> faults, boolean herrings, SplittableRandom times) {
        InnocentChanges spec = scenario.innocentChanges();
        if (spec == null) {
            return;
        }
        double mean = spec.everySeconds() * 1000;
        for (double t = mean / 4; (t += -mean * StrictMath.log(1 - times.nextDouble())) < lengthMs; ) {
            long time = (long) t;
            // A deploy over a bad version would make its rollback return to nowhere.
            String busy = faults.stream()
                    .filter(fault -> time > fault.onsetMs() - 30_000 && time < fault.endMs() + 30_000)
                    .map(PlannedFault::service)
                    .findFirst()
                    .orElse(null);
            innocentAt(time, spec, times, busy);
        }
        for (int i = 1; herrings && i < faults.size(); i += 3) {
            PlannedFault fault = faults.get(i);
            innocentAt(fault.onsetMs() - 5_000 - times.nextInt(20_000), spec, times, fault.service());
        }
    }

    private void innocentAt(long time, InnocentChanges spec, SplittableRandom times, @Nullable String not) {
        String service = spec.services().get(times.nextInt(spec.services().size()));
        if (service.equals(not)) {
            return;
        }
        String kind = switch (times.nextInt(4)) {
            case 0 -> "configuration";
            case 1 -> "flag";
            default -> "deploy";
        };
        add(kind, service, time, innocentWords(kind));
    }

    private String innocentWords(String kind) {
        return switch (kind) {
            case "configuration" -> pick(SETTINGS);
            case "flag" -> "Turn on a feature gate for a tenth of the users";
            default -> pick(WHAT);
        };
    }

    private String add(String kind, String service, long time, String what) {
        String id = "chg-" + hex(12);
        List<String> paths = kind.equals("deploy") || kind.equals("rollback")
                ? List.of("src/" + scenario.service(service).code().replace('.', '/') + "/handlers")
                : List.of("deploy/values/" + service + ".yaml");
        written.add(new PlannedChange(
                id, kind, service, Math.max(0, time), pick(ACCOUNTS), what, null, null, List.of(hex(40)), paths));
        return id;
    }

    /** Versions can only be counted once all changes are known and in order. */
    private List<PlannedChange> versioned() {
        Map<String, String> current = new HashMap<>();
        Map<String, String> previous = new HashMap<>();
        scenario.services().forEach((name, service) -> current.put(name, service.version()));
        var result = new ArrayList<PlannedChange>();
        var inOrder = new ArrayList<>(written);
        inOrder.sort(Comparator.comparingLong(PlannedChange::timeMs).thenComparing(PlannedChange::id));
        for (PlannedChange each : inOrder) {
            String before = current.getOrDefault(each.service(), "0");
            String after = switch (each.kind()) {
                case "deploy" -> next(before);
                case "rollback" -> previous.getOrDefault(each.service(), before);
                default -> before;
            };
            boolean moves = !after.equals(before);
            if (moves) {
                previous.put(each.service(), before);
                current.put(each.service(), after);
            }
            result.add(new PlannedChange(
                    each.id(),
                    each.kind(),
                    each.service(),
                    each.timeMs(),
                    each.who(),
                    each.what(),
                    moves ? before : null,
                    moves ? after : null,
                    each.commits(),
                    each.changedPaths()));
        }
        return result;
    }

    private static String next(String version) {
        int dot = version.lastIndexOf('.');
        return version.substring(0, dot + 1) + (Integer.parseInt(version.substring(dot + 1)) + 1);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String hex(int digits) {
        var text = new StringBuilder();
        while (text.length() < digits) {
            text.append(String.format("%016x", random.nextLong()));
        }
        return text.substring(0, digits);
    }
}
