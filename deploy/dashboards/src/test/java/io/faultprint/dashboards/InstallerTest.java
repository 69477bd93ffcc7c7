package io.faultprint.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.dashboards.Installation.Installed;
import io.faultprint.dashboards.Installation.NotInstalled;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol of an import, and each way in which it was seen or is known to fail. */
class InstallerTest {

    private static final String PAGE = "<html><body>Bad Gateway</body></html>";

    private final Bundle bundle = Bundle.of("faultprint");
    private FakeDashboards dashboards;

    @BeforeEach
    void open() throws IOException {
        dashboards = new FakeDashboards();
    }

    @AfterEach
    void close() {
        dashboards.close();
    }

    @Test
    void theWholeBundleGoesAsOneFileThatReplacesWhatIsThere() throws Exception {
        dashboards.answer(200, "{\"success\":true,\"successCount\":" + bundle.size() + "}");
        String secret = "s" + bundle.size();

        Installation done = install("someone", secret, "global");

        assertThat(done).isEqualTo(new Installed(bundle.size(), "2.19.4"));
        assertThat(dashboards.headers())
                .startsWith("POST /base/api/saved_objects/_import?overwrite=true")
                .containsIgnoringCase("osd-xsrf=[true]")
                .containsIgnoringCase("securitytenant=[global]")
                .contains("Basic " + Base64.getEncoder().encodeToString(("someone:" + secret).getBytes(UTF_8)));
        assertThat(dashboards.sent())
                .contains("name=\"file\"; filename=\"faultprint.ndjson\"")
                .contains(new String(bundle.ndjson(), UTF_8));
    }

    @Test
    void aStatusOf200IsNoSuccessByItself() throws Exception {
        dashboards.answer(200, """
                {"success":false,"successCount":3,"errors":[{"id":"faultprint-on-call","type":"dashboard",
                "error":{"type":"missing_references"}}]}""");
        assertThat(reason()).contains("3 of " + bundle.size(), "dashboard faultprint-on-call: ", "missing_references");

        dashboards.answer(200, "{\"success\":true,\"successCount\":3}");
        assertThat(reason()).contains("3 of " + bundle.size() + " objects were imported");

        dashboards.answer(200, "{}");
        assertThat(reason()).contains("HTTP 200 {}", "is not OpenSearch Dashboards");
    }

    @Test
    void eachRefusalNamesItsMend() throws Exception {
        for (List<String> row : List.of(
                List.of("401", "{\"message\":\"Authentication required\"}", "Authentication required; give --user"),
                List.of("403", "{\"message\":\"no permissions\"}", "no permissions; the user may not write"),
                List.of("404", "{\"message\":\"Not Found\"}", "is not OpenSearch Dashboards"),
                List.of("413", "", "savedObjects.maxImportPayloadBytes"),
                List.of(
                        "422",
                        "{\"message\":\"belongs to a more recent version\"}",
                        "more recent version; this version cannot"),
                List.of("502", PAGE, "HTTP 502 a web page; it is not ready or broken"),
                List.of("503", "not ready yet", "not ready yet; it is not ready or broken"))) {
            dashboards.answer(Integer.parseInt(row.get(0)), row.get(1));
            assertThat(reason()).contains("/api/saved_objects/_import: HTTP " + row.get(0), row.get(2));
        }
    }

    @Test
    void whoIsNotDashboardsIsSentNothing() throws Exception {
        dashboards.about(200, PAGE);
        assertThat(reason()).contains("/api/status: HTTP 200 a web page", "is not OpenSearch Dashboards");

        dashboards.about(200, "{\"version\":{\"number\":\"1.3.20\"}}");
        assertThat(reason()).contains("is version 1.3.20; the dashboards need OpenSearch Dashboards 2.8");

        dashboards.about(401, "{\"message\":\"who?\"}");
        assertThat(reason()).contains("/api/status: HTTP 401 who?; give --user");
        assertThat(dashboards.sent()).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws Exception {
        String url = dashboards.url();
        dashboards.close();

        Installation failed = new Installer(address(url, "", "", "")).install(bundle);

        assertThat(((NotInstalled) failed).reason()).startsWith(url + ": OpenSearch Dashboards does not answer");
    }

    @Test
    void anAddressThatCannotBeOneIsAMistake() {
        for (String url :
                List.of("127.0.0.1:5601", "ftp://host", "http://", "http://a b", "http://u:p@host", "http://h/?q")) {
            assertThatThrownBy(() -> address(url, "", "", ""))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("give scheme and host");
        }
        assertThatThrownBy(() -> address("http://h", "", "x", "")).hasMessageContaining("--user: missing");
        assertThatThrownBy(() -> address("http://h", "a:b", "x", "")).hasMessageContaining("colon");
        assertThatThrownBy(() -> address("http://h", "", "", "a\nb")).hasMessageContaining("--tenant");
        assertThat(address("http://h/", "me", "hidden", "").toString()).isEqualTo("http://h as me");
    }

    private String reason() throws InterruptedException {
        return ((NotInstalled) install("", "", "")).reason();
    }

    private Installation install(String user, String password, String tenant) throws InterruptedException {
        return new Installer(address(dashboards.url(), user, password, tenant)).install(bundle);
    }

    private static DashboardsAddress address(String url, String user, String password, String tenant) {
        return new DashboardsAddress(url, user, password, tenant, Duration.ofSeconds(20));
    }
}
