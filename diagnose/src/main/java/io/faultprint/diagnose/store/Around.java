package io.faultprint.diagnose.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an address of OpenSearch Dashboards that shows the time around something, of one service alone: what stands
 * behind {@code #/view/ID?}. It is written into the document, because the format of a field knows no other field than its
 * own, and a page opened at "the last hour" does not show what was yesterday. In Rison, as Dashboards 2.x reads it.
 */
final class Around {

    /** Shown before and after, so that the usual is seen beside the unusual. */
    private static final long MARGIN_MILLIS = 900_000;

    private Around() {}

    /**
     * The state.
     *
     * @param service shown alone; null for all
     * @param from epoch milliseconds
     * @param to epoch milliseconds; null for what goes on, up to whenever it is looked at
     */
    static String of(@Nullable String service, long from, @Nullable Long to) {
        String begin = Instant.ofEpochMilli(from - MARGIN_MILLIS).toString();
        String end = to == null ? "now" : "'" + Instant.ofEpochMilli(Math.max(from, to) + MARGIN_MILLIS) + "'";
        String state = "_g=(time:(from:'" + begin + "',to:" + end + "))";
        return service == null
                ? state
                : state + "&_a=(query:(language:lucene,query:'" + address(rison(phrase(service))) + "'))";
    }

    private static String phrase(String service) {
        return "service:\"" + service.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String rison(String text) {
        return text.replace("!", "!!").replace("'", "!'");
    }

    private static String address(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
