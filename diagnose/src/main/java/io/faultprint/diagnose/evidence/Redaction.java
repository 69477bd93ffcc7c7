package io.faultprint.diagnose.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets and personal data as typed, stable tokens, once more before anything is put before a model: {@code
 * <email:1f3a90c2>}, eight hex digits of a keyed hash. Ingest has done the same to what came in as a log; templates,
 * metric attributes and the words of changes pass here too. Works on the few short texts of one diagnosis, so patterns
 * may be patterns.
 */
public final class Redaction {

    private record Kind(String name, Pattern pattern, int group) {}

    private static final List<Kind> KINDS = List.of(
            kind("key", "-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)", 0),
            kind("jwt", "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)?", 0),
            kind("password", "://[^\\s/:@]{1,100}:([^\\s/@<>]{1,200})@", 1),
            kind(
                    "secret",
                    "(?i)(?<!<)\\b(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|authorization)"
                            + "[\"']?\\s{0,3}[=:]\\s{0,3}(?:bearer\\s+|basic\\s+)?[\"']?(?!(?:bearer|basic)\\b)([^\\s\"',;&<>]{3,200})",
                    1),
            kind("secret", "(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9+/=._~-]{12,400})", 1),
            kind("key", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", 0),
            kind("key", "\\b(?:sk|ghp|gho|ghs|glpat|xox[abpr])[-_][A-Za-z0-9_-]{16,200}", 0),
            kind("email", "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,4}", 0),
            kind("card", "\\b(?:\\d[ -]?){12,18}\\d\\b", 0));

    private final String key;

    /** With the key of the keyed hash: who has it can tell whether a token stands for a text that he guesses. */
    public Redaction(String key) {
        this.key = key;
    }

    /** The text with a token for each secret or personal part; a second time over it changes nothing. */
    public String of(String text) {
        String redacted = text;
        for (Kind kind : KINDS) {
            redacted = replace(redacted, kind);
        }
        return redacted;
    }

    private String replace(String text, Kind kind) {
        Matcher matcher = kind.pattern().matcher(text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            String found = matcher.group(kind.group());
            boolean leave = kind.name().equals("card") && !passesLuhn(found);
            out.append(text, from, matcher.start(kind.group())).append(leave ? found : token(kind.name(), found));
            from = matcher.end(kind.group());
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    /** As ingest makes them, so that one secret under one key has one token everywhere. */
    private String token(String kind, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((kind + "\0" + secret).getBytes(UTF_8));
            return "<" + kind + ":" + HexFormat.of().formatHex(hash, 0, 4) + ">";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Card numbers carry a check digit (ISO/IEC 7812-1), ids and counters rarely pass it. */
    private static boolean passesLuhn(String text) {
        int sum = 0;
        boolean twice = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    private static Kind kind(String name, String pattern, int group) {
        return new Kind(name, Pattern.compile(pattern, Pattern.DOTALL), group);
    }
}
