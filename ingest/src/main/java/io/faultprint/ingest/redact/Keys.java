package io.faultprint.ingest.redact;

import org.jspecify.annotations.Nullable;

/** Secrets that can be told by their own form: JSON web tokens, cloud and forge keys, private key blocks. */
final class Keys {

    /** A prefix and how many key characters must follow it at least. */
    private record Form(String prefix, int atLeast) {}

    private static final Form[] FORMS = {
        new Form("AKIA", 16),
        new Form("ASIA", 16),
        new Form("AIza", 30),
        new Form("ghp_", 30),
        new Form("gho_", 30),
        new Form("ghu_", 30),
        new Form("ghs_", 30),
        new Form("ghr_", 30),
        new Form("github_pat_", 30),
        new Form("glpat-", 16),
        new Form("xoxb-", 16),
        new Form("xoxp-", 16),
        new Form("xoxa-", 16),
        new Form("xoxs-", 16),
        new Form("sk-", 24),
        new Form("sk_live_", 16)
    };

    /** Most characters of a web token's header where a dash stands before it, as within another word. */
    private static final int LONGEST_INSIDE = 512;

    private static final String BEGIN = "-----BEGIN ";
    private static final String PRIVATE = "PRIVATE KEY-----";

    private Keys() {}

    static @Nullable Found at(String text, int at) {
        if (Found.isWord(text, at - 1)) {
            return null;
        }
        if (text.startsWith("eyJ", at)) {
            return webToken(text, at);
        }
        for (Form form : FORMS) {
            if (text.startsWith(form.prefix(), at)) {
                int end = keyEnd(text, at + form.prefix().length());
                if (end - at - form.prefix().length() >= form.atLeast()) {
                    return new Found("key", at, end);
                }
            }
        }
        return null;
    }

    /** Three parts of base64url joined by dots, the first two JSON objects (RFC 7519). */
    private static @Nullable Found webToken(String text, int at) {
        // "eyJ-eyJ-eyJ-…" would be read to its end from each of its parts.
        boolean inside = at > 0 && text.charAt(at - 1) == '-';
        int first = keyEnd(text, at, inside ? at + LONGEST_INSIDE : text.length());
        if (first - at < 8 || !text.startsWith(".eyJ", first)) {
            return null;
        }
        int second = keyEnd(text, first + 1);
        if (second >= text.length() || text.charAt(second) != '.') {
            return null;
        }
        return new Found("jwt", at, keyEnd(text, second + 1));
    }

    /** A PEM block; one that breaks off ends with the text. */
    static @Nullable Found privateKey(String text, int at) {
        if (!text.startsWith(BEGIN, at)) {
            return null;
        }
        int header = text.indexOf("-----", at + BEGIN.length());
        if (header < 0 || header - at > 64 || !text.startsWith(PRIVATE, header + 5 - PRIVATE.length())) {
            return null;
        }
        int footer = text.indexOf(PRIVATE, header + 5);
        return new Found("key", at, footer < 0 ? text.length() : footer + PRIVATE.length());
    }

    private static int keyEnd(String text, int from) {
        return keyEnd(text, from, text.length());
    }

    private static int keyEnd(String text, int from, int limit) {
        int end = from;
        while (end < Math.min(text.length(), limit) && (Found.isWord(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return end;
    }
}
