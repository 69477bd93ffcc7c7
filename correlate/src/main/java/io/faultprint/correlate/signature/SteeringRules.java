package io.faultprint.correlate.signature;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people say about signatures where they know better: words that are always a variable, words whose difference is
 * meaning, and lines that are left out. Asked within the one scan of a line; without rules they cost nothing.
 *
 * <p>A rule that masks or keeps changes masked lines, and so the ids of the signatures it touches.
 */
public final class SteeringRules {

    private static final int MOST_WORDS = 200;
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_PHRASE = 300;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern STAR = Pattern.compile("\\*+");

    /** No rules. */
    public static final SteeringRules NONE = of("", "", "");

    private final Set<String> alwaysMask;
    private final Words masked;
    private final List<Glob> globs;
    private final Set<String> neverMerge;
    private final Words kept;
    private final List<String> ignore;
    private final List<Phrase> phrases;

    /** A word with one star: what it begins and what it ends with. */
    private record Glob(String start, String end) {}

    /** The parts of a phrase between its stars, in order. */
    private record Phrase(List<String> parts) {}

    private SteeringRules(List<String> alwaysMask, List<String> neverMerge, List<String> ignore) {
        this.alwaysMask = new LinkedHashSet<>(alwaysMask);
        this.masked = Words.of(
                alwaysMask.stream().filter(word -> word.indexOf('*') < 0).toArray(String[]::new));
        this.globs = alwaysMask.stream()
                .filter(word -> word.indexOf('*') >= 0)
                .map(word -> new Glob(word.substring(0, word.indexOf('*')), word.substring(word.indexOf('*') + 1)))
                .toList();
        this.neverMerge = new LinkedHashSet<>(neverMerge);
        this.kept = Words.of(neverMerge.toArray(String[]::new));
        this.ignore = List.copyOf(ignore);
        this.phrases = ignore.stream()
                .map(phrase -> new Phrase(STAR.splitAsStream(phrase)
                        .filter(part -> !part.isEmpty())
                        .toList()))
                .toList();
    }

    /**
     * Rules as configuration has them.
     *
     * @param alwaysMask words between commas, each with one {@code *} at most
     * @param neverMerge words between commas
     * @param ignore phrases between bars; {@code *} stands for anything
     * @throws IllegalArgumentException when {@link #mendOfAlwaysMask}, {@link #mendOfNeverMerge} or {@link #mendOfIgnore}
     *     has something to say
     */
    public static SteeringRules of(String alwaysMask, String neverMerge, String ignore) {
        String mend = mendOfAlwaysMask(alwaysMask) + mendOfNeverMerge(neverMerge, alwaysMask) + mendOfIgnore(ignore);
        if (!mend.isEmpty()) {
            throw new IllegalArgumentException(mend);
        }
        return new SteeringRules(parts(COMMA, alwaysMask), parts(COMMA, neverMerge), parts(BAR, ignore));
    }

    /** What is wrong with words to mask, as a mend; empty when nothing is. */
    public static String mendOfAlwaysMask(String words) {
        for (String word : parts(COMMA, words)) {
            if (word.indexOf('*') != word.lastIndexOf('*')) {
                return "'" + word + "' has more than one *; say which words are meant with one";
            }
            if (word.equals("*")) {
                return "'*' would mask every word; name the words, or how they begin or end (tenant-*)";
            }
        }
        return mendOfWords(words);
    }

    /** What is wrong with words to keep; empty when nothing is. */
    public static String mendOfNeverMerge(String words, String alwaysMask) {
        Set<String> masked = new LinkedHashSet<>(parts(COMMA, alwaysMask));
        for (String word : parts(COMMA, words)) {
            if (word.indexOf('*') >= 0) {
                return "'" + word + "' has a *; name each word whose difference is meaning";
            }
            if (masked.contains(word)) {
                return "'" + word + "' is to be masked always and merged never; take it out of one of the two";
            }
        }
        return mendOfWords(words);
    }

    /** What is wrong with phrases to ignore; empty when nothing is. */
    public static String mendOfIgnore(String phrases) {
        List<String> parts = parts(BAR, phrases);
        for (String phrase : parts) {
            if (phrase.replace("*", "").strip().length() < 3) {
                return "'" + phrase
                        + "' would leave out nearly every line; give at least three characters beside the stars";
            }
            if (phrase.length() > LONGEST_PHRASE) {
                return "'" + phrase.substring(0, 40) + "…' has " + phrase.length() + " characters; at most "
                        + LONGEST_PHRASE;
            }
        }
        return parts.size() > MOST_WORDS ? parts.size() + " phrases; at most " + MOST_WORDS : "";
    }

    private static String mendOfWords(String words) {
        List<String> parts = parts(COMMA, words);
        for (String word : parts) {
            if (word.length() > LONGEST_WORD) {
                return "'" + word.substring(0, 40) + "…' has " + word.length() + " characters; at most " + LONGEST_WORD;
            }
            for (int i = 0; i < word.length(); i++) {
                int kind = CharClass.of(word.charAt(i));
                if ((kind & (CharClass.SPACE | CharClass.DELIMITER)) != 0) {
                    return "'" + word + "' is more than one word: '" + word.charAt(i) + "' ends one in a line";
                }
            }
        }
        return parts.size() > MOST_WORDS ? parts.size() + " words; at most " + MOST_WORDS : "";
    }

    private static List<String> parts(Pattern separator, String list) {
        return separator
                .splitAsStream(list)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether there is a rule about words. */
    boolean steers() {
        return !alwaysMask.isEmpty() || !neverMerge.isEmpty();
    }

    /** Whether there is a rule about whole lines. */
    public boolean ignores() {
        return !phrases.isEmpty();
    }

    boolean masks(char[] t, int start, int end) {
        if (masked.has(t, start, end)) {
            return true;
        }
        for (Glob glob : globs) {
            int most = end - start;
            if (glob.start.length() + glob.end.length() <= most
                    && at(glob.start, t, start)
                    && at(glob.end, t, end - glob.end.length())) {
                return true;
            }
        }
        return false;
    }

    boolean keeps(char[] t, int start, int end) {
        return kept.has(t, start, end);
    }

    boolean keeps(String text, int start, int end) {
        return !neverMerge.isEmpty() && neverMerge.contains(text.substring(start, end));
    }

    /** Whether a line of {@code n} characters holds all parts of a phrase, in order. */
    boolean ignores(char[] t, int n) {
        for (Phrase phrase : phrases) {
            int from = 0;
            for (String part : phrase.parts) {
                from = from < 0 ? -1 : after(part, t, from, n);
            }
            if (from >= 0) {
                return true;
            }
        }
        return false;
    }

    private static int after(String part, char[] t, int from, int n) {
        char first = part.charAt(0);
        int last = n - part.length();
        for (int p = from; p <= last; p++) {
            if (t[p] == first && at(part, t, p)) {
                return p + part.length();
            }
        }
        return -1;
    }

    private static boolean at(String part, char[] t, int start) {
        for (int i = 0; i < part.length(); i++) {
            if (t[start + i] != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** As the configuration could say it; what the configuration's fingerprint is taken of. */
    @Override
    public String toString() {
        return "always-mask=" + String.join(",", alwaysMask) + " never-merge=" + String.join(",", neverMerge)
                + " ignore=" + String.join("|", ignore);
    }
}
