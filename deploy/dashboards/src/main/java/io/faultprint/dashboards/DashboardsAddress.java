package io.faultprint.dashboards;

import io.faultprint.runtime.UsageError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * An OpenSearch Dashboards, and as whom.
 *
 * @param url scheme, host, port and base path, without a slash at the end
 * @param user for basic authentication; empty for none
 * @param password of the user
 * @param tenant of the security plugin; empty for the user's own choice
 * @param timeout how long one request may take
 */
public record DashboardsAddress(String url, String user, String password, String tenant, Duration timeout) {

    public DashboardsAddress {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!isHttp(url)) {
            throw new UsageError("--dashboards " + url + ": give scheme and host, as in http://127.0.0.1:5601");
        }
        if (user.isEmpty() && !password.isEmpty()) {
            throw new UsageError("--user: missing; a password belongs to a user");
        }
        if (user.indexOf(':') >= 0) {
            throw new UsageError("--user " + user + ": must not contain a colon");
        }
        if (!tenant.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new UsageError("--tenant " + tenant + ": letters, digits and signs of ASCII, without spaces");
        }
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    /** Without the password: a record's own words would put it into logs. */
    @Override
    public String toString() {
        return url + (user.isEmpty() ? "" : " as " + user);
    }
}
