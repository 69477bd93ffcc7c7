package io.faultprint.correlate.incident;

import static io.faultprint.correlate.table.Table.NUL;

import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.table.Table;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.topic.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The services that look abnormal, in and outside of incidents: since when, how strongly, with which surprises. A
 * service outside of an incident is forgotten once the opening rule no longer looks at its windows; until then its
 * surprises wait, so that an incident opened a window later still knows how it began.
 */
final class AbnormalServices {

    /** Surprises by score, highest first; ties by what they are, so that the order is the same everywhere. */
    static final Comparator<IncidentSurprise> STRONGEST = Comparator.comparingDouble(
                    (IncidentSurprise s) -> s.getSurprise().getScore())
            .reversed()
            .thenComparing(IncidentSurprise::getService)
            .thenComparing(s -> key(s.getSurprise()));

    private static final Pattern SIGNATURE_ID = Pattern.compile("sig[0-9]+-.+");

    private final Table<AbnormalService> services;
    private final Table<IncidentSurprise> surprises;
    private final Table<IncidentSignature> signatures;
    private final IncidentSettings settings;
    private final long windowMillis;

    AbnormalServices(
            Table<AbnormalService> services,
            Table<IncidentSurprise> surprises,
            Table<IncidentSignature> signatures,
            IncidentSettings settings,
            long windowMillis) {
        this.services = services;
        this.surprises = surprises;
        this.signatures = signatures;
        this.settings = settings;
        this.windowMillis = windowMillis;
    }

    /** Takes in what is abnormal in a window. */
    void observe(long windowStart, boolean blind, List<Digest> digests) {
        for (Digest digest : digests) {
            List<Surprise> seen = believable(digest, blind);
            double strength = seen.size() == digest.getSurprises().size() ? digest.getStrength() : strongest(seen);
            if (strength >= settings.medium()) {
                observe(windowStart, digest, strength, notable(seen));
            }
        }
    }

    /** Forgets the services outside of incidents that the opening rule no longer looks at. */
    void forget(String environment, long windowStart) {
        for (AbnormalService row : all(environment)) {
            if (row.getIncident() == null && !isRecent(row, windowStart)) {
                remove(row);
            }
        }
    }

    List<AbnormalService> all(String environment) {
        return services.under(environment + "/");
    }

    List<AbnormalService> of(String environment, String incident) {
        return all(environment).stream()
                .filter(row -> incident.equals(row.getIncident()))
                .toList();
    }

    /** Whether the opening rule still looks at one of its windows. */
    boolean isRecent(AbnormalService row, long windowStart) {
        return row.getLastWindow() > windowStart - settings.openWindows() * windowMillis;
    }

    /** Whether it may open an incident at this window. */
    boolean mayOpen(AbnormalService row, long windowStart) {
        if (row.getLearning() || row.getLastWindow() != windowStart) {
            return false;
        }
        long from = windowStart - (settings.openWindows() - 1) * windowMillis;
        long abnormal = row.getRecent().stream().filter(w -> w >= from).count();
        return row.getStrength() >= settings.strong() || abnormal >= settings.openAbnormal();
    }

    /** Makes a service part of an incident, as of a window. */
    void assign(AbnormalService row, String incident, long windowStart) {
        put(AbnormalService.newBuilder(row)
                .setIncident(incident)
                .setJoined(row.getIncident() == null ? windowStart : row.getJoined())
                .build());
    }

    /** Forgets the services of an incident that is over. */
    void release(String environment, String incident) {
        of(environment, incident).forEach(this::remove);
    }

    /** A signature of a service is another one from now on: what was said of both is said of one. */
    void rename(String environment, String service, String signature, String of) {
        String prefix = rowKey(environment, service) + NUL;
        for (Map.Entry<String, IncidentSurprise> entry : surprises.entriesUnder(prefix)) {
            IncidentSurprise seen = entry.getValue();
            if (seen.getSurprise().getSubject().equals(signature)) {
                Surprise named =
                        Surprise.newBuilder(seen.getSurprise()).setSubject(of).build();
                String key = prefix + key(named);
                IncidentSurprise now =
                        IncidentSurprise.newBuilder(seen).setSurprise(named).build();
                IncidentSurprise there = surprises.get(key);
                surprises.remove(entry.getKey());
                surprises.put(key, there == null ? now : together(there, now));
            }
        }
        IncidentSignature said = signatures.get(prefix + signature);
        if (said != null) {
            IncidentSignature there = signatures.get(prefix + of);
            signatures.remove(prefix + signature);
            signatures.put(
                    prefix + of,
                    IncidentSignature.newBuilder(there == null ? said : there)
                            .setId(of)
                            .setCount(said.getCount() + (there == null ? 0 : there.getCount()))
                            .build());
        }
    }

    private static IncidentSurprise together(IncidentSurprise one, IncidentSurprise other) {
        boolean stronger = one.getSurprise().getScore() >= other.getSurprise().getScore();
        return IncidentSurprise.newBuilder(stronger ? one : other)
                .setFirstWindow(Math.min(one.getFirstWindow(), other.getFirstWindow()))
                .setLastWindow(Math.max(one.getLastWindow(), other.getLastWindow()))
                .setWindows(Math.max(one.getWindows(), other.getWindows()))
                .build();
    }

    /** A service's surprises, strongest first. */
    List<IncidentSurprise> surprisesOf(AbnormalService row) {
        return surprises.under(rowKey(row.getEnvironment(), row.getService()) + NUL).stream()
                .sorted(STRONGEST)
                .toList();
    }

    List<IncidentSignature> signaturesOf(AbnormalService row) {
        return signatures.under(rowKey(row.getEnvironment(), row.getService()) + NUL);
    }

    private void observe(long windowStart, Digest digest, double strength, List<Surprise> seen) {
        String key = rowKey(digest.getEnvironment(), digest.getService());
        AbnormalService before = services.get(key);
        int cut = digest.getSurprisesCut();
        for (Surprise surprise : seen) {
            cut += remember(key, digest.getService(), windowStart, surprise) ? 0 : 1;
        }
        long onset = seen.stream().mapToLong(Surprise::getOnset).min().orElse(windowStart);
        services.put(key, row(before, digest, windowStart, strength, onset, cut));
    }

    private AbnormalService row(
            @Nullable AbnormalService before, Digest digest, long windowStart, double strength, long onset, int cut) {
        List<Long> recent = new ArrayList<>(before == null ? List.of() : before.getRecent());
        recent.add(windowStart);
        int surplus = Math.max(0, recent.size() - settings.openWindows());
        return AbnormalService.newBuilder()
                .setEnvironment(digest.getEnvironment())
                .setService(digest.getService())
                .setIncident(before == null ? null : before.getIncident())
                .setJoined(before == null ? 0 : before.getJoined())
                .setLearning(digest.getLearning())
                .setRecent(List.copyOf(recent.subList(surplus, recent.size())))
                .setFirstWindow(before == null ? windowStart : before.getFirstWindow())
                .setLastWindow(windowStart)
                .setOnset(before == null ? onset : Math.min(before.getOnset(), onset))
                .setStrength(strength)
                .setPeak(before == null ? strength : Math.max(before.getPeak(), strength))
                .setCut(before == null ? cut : Math.max(before.getCut(), cut))
                .build();
    }

    /** Remembers a surprise, its strongest window first; false when the bound leaves it out. */
    private boolean remember(String serviceKey, String service, long windowStart, Surprise surprise) {
        String key = serviceKey + NUL + key(surprise);
        IncidentSurprise before = surprises.get(key);
        if (before == null && !makeRoom(serviceKey, surprise.getScore())) {
            return false;
        }
        surprises.put(
                key,
                before == null
                        ? new IncidentSurprise(service, surprise, windowStart, windowStart, 1)
                        : new IncidentSurprise(
                                service,
                                surprise.getScore() > before.getSurprise().getScore() ? surprise : before.getSurprise(),
                                before.getFirstWindow(),
                                windowStart,
                                before.getWindows() + 1));
        if (isSaid(surprise)) {
            count(serviceKey, service, surprise);
        }
        return true;
    }

    /** Only a clearly stronger surprise displaces one that is there: what was once said must not come and go. */
    private boolean makeRoom(String serviceKey, double score) {
        List<Map.Entry<String, IncidentSurprise>> there = surprises.entriesUnder(serviceKey + NUL);
        if (there.size() < settings.caps().surprisesPerService()) {
            return true;
        }
        Optional<Map.Entry<String, IncidentSurprise>> weakest =
                there.stream().max(Map.Entry.comparingByValue(STRONGEST));
        if (weakest.isEmpty() || weakest.get().getValue().getSurprise().getScore() + 1 > score) {
            return false;
        }
        surprises.remove(weakest.get().getKey());
        return true;
    }

    private void count(String serviceKey, String service, Surprise surprise) {
        String key = serviceKey + NUL + surprise.getSubject();
        IncidentSignature before = signatures.get(key);
        if (before == null
                && signatures.entriesUnder(serviceKey + NUL).size()
                        >= settings.caps().surprisesPerService()) {
            return;
        }
        long lines = Math.round(surprise.getObserved()) + (before == null ? 0 : before.getCount());
        signatures.put(key, new IncidentSignature(surprise.getSubject(), surprise.getLabel(), service, lines));
    }

    private void remove(AbnormalService row) {
        String key = rowKey(row.getEnvironment(), row.getService());
        surprises.removeUnder(key + NUL);
        signatures.removeUnder(key + NUL);
        services.remove(key);
    }

    private void put(AbnormalService row) {
        services.put(rowKey(row.getEnvironment(), row.getService()), row);
    }

    /** A blind window cannot tell silence from not having looked. */
    private static List<Surprise> believable(Digest digest, boolean blind) {
        return blind || !digest.getCovered()
                ? digest.getSurprises().stream().filter(s -> !isSilence(s)).toList()
                : digest.getSurprises();
    }

    /** An abnormal service also shows what any service shows one window in ten; that says nothing of the failure. */
    private List<Surprise> notable(List<Surprise> seen) {
        double least = Math.min(settings.notable(), strongest(seen));
        return seen.stream().filter(s -> s.getScore() >= least).toList();
    }

    private static boolean isSilence(Surprise surprise) {
        return switch (surprise.getKind()) {
            case SIGNATURE_SILENT, SERVICE_SILENT -> true;
            case SPAN_THROUGHPUT, SIGNATURE_RATE, METRIC ->
                surprise.getDirection() == Direction.GONE
                        || (surprise.getDirection() == Direction.DOWN && surprise.getKind() != SurpriseKind.METRIC);
            case NEW_SIGNATURE, ERROR_RATE, SPAN_ERRORS, SPAN_LATENCY, ALERT -> false;
        };
    }

    /** Whether it is about one signature that was said; an error rate may also be about all error lines at once. */
    static boolean isSaid(Surprise surprise) {
        return switch (surprise.getKind()) {
            case NEW_SIGNATURE, ERROR_RATE, SIGNATURE_RATE ->
                SIGNATURE_ID.matcher(surprise.getSubject()).matches();
            case SIGNATURE_SILENT, SERVICE_SILENT, METRIC, SPAN_ERRORS, SPAN_LATENCY, SPAN_THROUGHPUT, ALERT -> false;
        };
    }

    private static double strongest(List<Surprise> seen) {
        return seen.stream().mapToDouble(Surprise::getScore).max().orElse(0);
    }

    private static String rowKey(String environment, String service) {
        return Keys.service(environment, service);
    }

    private static String key(Surprise surprise) {
        return surprise.getKind().name() + NUL + surprise.getDirection().name() + NUL + surprise.getSubject();
    }
}
