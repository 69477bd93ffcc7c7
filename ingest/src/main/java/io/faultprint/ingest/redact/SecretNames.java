package io.faultprint.ingest.redact;

/** Names whose values are secret: password, client_secret, X-Api-Key, sessionId and the like. */
final class SecretNames {

    /** Lower case, without underscores, dashes and dots; a name is secret when it ends in one of them. */
    private static final String[] ENDINGS = {
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "secret",
        "token",
        "apikey",
        "accesskey",
        "secretkey",
        "privatekey",
        "accesskeyid",
        "secretaccesskey",
        "authkey",
        "signature",
        "credential",
        "credentials",
        "authorization",
        "cookie",
        "sessionid",
        "jsessionid",
        "csrf",
        "connectionstring"
    };

    private SecretNames() {}

    static boolean endsOne(String name) {
        return endsOne(name, 0, name.length());
    }

    static boolean endsOne(String text, int start, int end) {
        for (String ending : ENDINGS) {
            if (ends(text, start, end, ending)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name is a password's: then any value is secret, even one that looks like a word. */
    static boolean password(String text, int start, int end) {
        return ends(text, start, end, "password")
                || ends(text, start, end, "passwd")
                || ends(text, start, end, "passphrase")
                || ends(text, start, end, "pwd");
    }

    private static boolean ends(String text, int start, int end, String ending) {
        int at = end - 1;
        for (int i = ending.length() - 1; i >= 0; i--, at--) {
            while (at >= start && (text.charAt(at) == '_' || text.charAt(at) == '-' || text.charAt(at) == '.')) {
                at--;
            }
            if (at < start || lower(text.charAt(at)) != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
