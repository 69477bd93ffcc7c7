package io.faultprint.notify.notice;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was told of the incidents of one partition, and what is known of their clusters. Rebuilt from the topics, which keep
 * the latest record of each key and all of a week; bounded, oldest out first. Not safe for threads.
 */
public final class Ledger {

    /** Open incidents, closed ones, and clusters that are kept. */
    static final int MOST = 10_000;

    private final int most;
    private final Map<String, Told> open = new LinkedHashMap<>();
    private final Map<String, Over> closed = new LinkedHashMap<>();
    private final Map<String, Headline> headlines = new LinkedHashMap<>();

    /** What was told last, the smallest severity number so far, and the diagnosis that it was told with. */
    private record Told(Story story, int worst, @Nullable Headline diagnosis) {}

    /** The last revision of an incident that is over, and the smallest severity number that it ever had. */
    private record Over(int revision, int worst) {}

    public Ledger() {
        this(MOST);
    }

    Ledger(int most) {
        this.most = most;
    }

    /**
     * Takes in a revision of an incident. One that is known, or older than what is known, changes nothing: whoever sends a
     * record again, receivers keep the newest.
     *
     * @return what is worth telling of it
     */
    public Optional<Notice> learn(Incident incident) {
        Story story = Story.of(incident);
        Headline headline = story.cluster() == null ? null : headlines.get(key(story.environment(), story.cluster()));
        String key = key(story.environment(), story.id());
        Told before = open.get(key);
        Over over = closed.get(key);
        int known = before != null ? before.story().revision() : over != null ? over.revision() : 0;
        if (story.revision() <= known) {
            return Optional.empty();
        }
        int worstBefore = before != null ? before.worst() : over != null ? over.worst() : Notice.NONE;
        int worst = Math.min(worstBefore, story.severity());
        if (story.open()) {
            closed.remove(key);
            keep(open, key, new Told(story, worst, headline));
        } else {
            open.remove(key);
            keep(closed, key, new Over(story.revision(), worst));
        }
        Set<Happening> happened = happened(story, headline, before, over != null);
        return happened.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Notice(story, before == null ? null : before.story(), worstBefore, headline, happened));
    }

    /**
     * Takes in a record of a diagnosis; as of an incident, only one that is later than what is known counts.
     *
     * @return what is worth telling of each open incident of its cluster
     */
    public List<Notice> learn(Diagnosis diagnosis) {
        Headline headline = Headline.of(diagnosis).orElse(null);
        String cluster = key(diagnosis.getEnvironment(), diagnosis.getCluster());
        Headline known = headlines.get(cluster);
        if (headline == null || (known != null && headline.revision() <= known.revision())) {
            return List.of();
        }
        keep(headlines, cluster, headline);
        List<Notice> notices = new ArrayList<>();
        for (Map.Entry<String, Told> entry : open.entrySet()) {
            Told told = entry.getValue();
            Story story = told.story();
            if (headline.cluster().equals(story.cluster())
                    && diagnosis.getEnvironment().equals(story.environment())) {
                entry.setValue(new Told(story, told.worst(), headline));
                notices.add(new Notice(story, story, told.worst(), headline, Set.of(Happening.DIAGNOSED)));
            }
        }
        return notices;
    }

    /**
     * Forgets what was told of an incident, so that this record is told as if it were new; unless a later revision is
     * known, which stays what is told.
     */
    public void forget(Incident incident) {
        String key = key(incident.getEnvironment(), incident.getId());
        Told told = open.get(key);
        if (told != null && told.story().revision() == incident.getRevision()) {
            open.remove(key);
        }
        Over over = closed.get(key);
        if (over != null && over.revision() == incident.getRevision()) {
            closed.remove(key);
        }
    }

    /** All that is open, as if it were told for the first time. */
    public List<Notice> standing() {
        return open.values().stream()
                .map(told ->
                        new Notice(told.story(), null, told.worst(), told.diagnosis(), EnumSet.of(Happening.OPENED)))
                .toList();
    }

    /** How many incidents are open. */
    public int open() {
        return open.size();
    }

    private static Set<Happening> happened(
            Story now, @Nullable Headline headline, @Nullable Told before, boolean wasClosed) {
        Set<Happening> happened = EnumSet.noneOf(Happening.class);
        if (!now.open()) {
            if (!wasClosed) {
                happened.add(now.mergedInto() == null ? Happening.RESOLVED : Happening.MERGED);
            }
            return happened;
        }
        if (before == null) {
            happened.add(wasClosed ? Happening.REOPENED : Happening.OPENED);
            return happened;
        }
        if (headline != null && !headline.equals(before.diagnosis())) {
            happened.add(Happening.DIAGNOSED);
        }
        if (now.severity() != before.story().severity()) {
            happened.add(Happening.SEVERITY);
        }
        if (!now.sameServices(before.story())) {
            happened.add(Happening.SERVICES);
        }
        return happened;
    }

    private <V> void keep(Map<String, V> map, String key, V value) {
        map.remove(key);
        map.put(key, value);
        if (map.size() > most) {
            map.remove(map.keySet().iterator().next());
        }
    }

    private static String key(String environment, String id) {
        return environment + "/" + id;
    }
}
