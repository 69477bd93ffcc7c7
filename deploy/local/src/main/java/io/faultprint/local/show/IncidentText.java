package io.faultprint.local.show;

import io.faultprint.incident.Candidate;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incident in plain words. */
public final class IncidentText {

    private static final int SURPRISES = 4;
    private static final int CANDIDATES = 3;
    private static final int CHANGES = 3;

    private final Style style;
    private final Times times;

    public IncidentText(Style style, Times times) {
        this.style = style;
        this.times = times;
    }

    /** The whole card: what, since when, where, likely cause, seen before or not. */
    public List<String> card(Incident incident) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bad(style.bold("incident " + incident.getId())) + "  severity " + incident.getSeverity() + "  "
                + style.dim(standing(incident)));
        Style.wrap(incident.getTitle(), style.width() - 3).forEach(line -> lines.add("  " + style.bold(line)));
        lines.addAll(style.paragraph(
                "since", times.day(incident.getStarted()) + ", in " + String.join(", ", incident.getServices())));
        lines.addAll(surprises(incident));
        lines.addAll(candidates(incident));
        lines.addAll(changes(incident));
        lines.addAll(style.paragraph("seen", seen(incident)));
        return lines;
    }

    /** One line for the moment at which it is known whether the incident is new or a repeat. */
    public String settled(Incident incident) {
        String seen = style.note(seen(incident));
        return times.clock(incident.getAsOf()) + "  " + incident.getId() + "  " + seen + likely(incident);
    }

    /** One line for its end. */
    public String ended(Incident incident) {
        if (incident.getStatus() == IncidentStatus.MERGED) {
            return times.clock(incident.getAsOf()) + "  " + incident.getId() + "  "
                    + style.dim("is part of " + incident.getMergedInto());
        }
        Long ended = incident.getEnded();
        String length = ended == null ? "" : " after " + Times.length(ended - incident.getStarted());
        return times.clock(incident.getAsOf()) + "  " + incident.getId() + "  " + style.good("resolved" + length);
    }

    /** How it went on, from its revisions, oldest first: each time that its services or its standing changed. */
    public List<String> course(List<Incident> revisions) {
        List<String> lines = new ArrayList<>();
        Incident before = null;
        for (Incident revision : revisions) {
            String step = step(before, revision);
            if (!step.isEmpty()) {
                lines.addAll(
                        style.paragraph(lines.isEmpty() ? "course" : "", times.clock(revision.getAsOf()) + " " + step));
            }
            before = revision;
        }
        return lines;
    }

    private String step(@Nullable Incident before, Incident now) {
        List<String> news = new ArrayList<>();
        if (before == null) {
            news.add("opened in " + String.join(", ", now.getServices()));
        } else {
            List<String> joined = new ArrayList<>(now.getServices());
            joined.removeAll(before.getServices());
            if (!joined.isEmpty()) {
                news.add("reached " + String.join(", ", joined));
            }
        }
        if (now.getSettled() && (before == null || !before.getSettled())) {
            news.add("settled");
        }
        if (now.getStatus() != IncidentStatus.OPEN && (before == null || before.getStatus() == IncidentStatus.OPEN)) {
            news.add(standing(now));
        }
        return String.join("; ", news);
    }

    /** New, or seen how often and when last. */
    public String seen(Incident incident) {
        String cluster = incident.getCluster();
        if (cluster == null) {
            return "not known yet";
        }
        String provisional = incident.getSettled() ? "" : ", provisional";
        if (incident.getNovel()) {
            return "never before (cluster " + cluster + provisional + ")";
        }
        Long before = incident.getPreviousStarted();
        String last = before == null ? "" : ", last " + times.day(before);
        String previous = incident.getPrevious() == null ? "" : " as " + incident.getPrevious();
        int earlier = Math.max(1, incident.getOccurrence() - 1);
        return Words.count(earlier, "time") + " before" + last + previous + " (cluster " + cluster + provisional + ")";
    }

    private String standing(Incident incident) {
        return switch (incident.getStatus()) {
            case OPEN -> "open since " + times.clock(incident.getOpened());
            case RESOLVED -> "resolved";
            case MERGED -> "part of " + incident.getMergedInto();
        };
    }

    private List<String> surprises(Incident incident) {
        List<String> lines = new ArrayList<>();
        List<IncidentSurprise> all = incident.getSurprises();
        for (IncidentSurprise one : all.subList(0, Math.min(SURPRISES, all.size()))) {
            String text = one.getService() + " " + Words.surprise(one.getSurprise());
            lines.addAll(style.paragraph(lines.isEmpty() ? "what" : "", text));
        }
        int more = Math.max(0, all.size() - SURPRISES) + incident.getSurprisesCut();
        if (more > 0) {
            lines.addAll(style.paragraph("", "and " + more + " more"));
        }
        return lines;
    }

    private List<String> candidates(Incident incident) {
        List<String> lines = new ArrayList<>();
        List<Candidate> all = incident.getCandidates();
        for (Candidate candidate : all.subList(0, Math.min(CANDIDATES, all.size()))) {
            lines.addAll(style.paragraph(lines.isEmpty() ? "likely" : "", words(candidate)));
        }
        return lines;
    }

    private List<String> changes(Incident incident) {
        List<String> lines = new ArrayList<>();
        List<ChangeRef> all = incident.getChanges();
        for (ChangeRef change : all.subList(0, Math.min(CHANGES, all.size()))) {
            lines.addAll(style.paragraph(lines.isEmpty() ? "changes" : "", Words.change(change, times)));
        }
        if (all.size() > CHANGES) {
            lines.addAll(style.paragraph("", "and " + (all.size() - CHANGES) + " more"));
        }
        return lines;
    }

    private String likely(Incident incident) {
        return incident.getCandidates().isEmpty()
                ? ""
                : "; likely " + incident.getCandidates().get(0).getService();
    }

    private static String words(Candidate candidate) {
        String reasons = String.join("; ", candidate.getReasons());
        return candidate.getService() + " " + percent(candidate.getScore()) + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
