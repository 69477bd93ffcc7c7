package io.faultprint.node.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeStartException;
import io.faultprint.node.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenSearch node as its parent sees it, over plain HTTP. */
class OpenSearchNodeIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void documentsKeepTheirVersionAndSurviveAKill() throws Exception {
        int port;
        try (NodeProcess node = Nodes.openSearch(data)) {
            port = node.port();

            assertThat(send(node, "PUT", "/shop/_doc/1?version=7&version_type=external", "{\"what\":\"a red shoe\"}"))
                    .returns(201, HttpResponse::statusCode);
            assertThat(send(node, "PUT", "/shop/_doc/1?version=7&version_type=external", "{\"what\":\"older\"}"))
                    .returns(409, HttpResponse::statusCode);

            node.kill();
        }

        try (NodeProcess again = Nodes.openSearch(data)) {
            assertThat(again.port()).isEqualTo(port);
            assertThat(send(again, "GET", "/_cluster/health/shop?wait_for_status=yellow&timeout=20s", "")
                            .body())
                    .contains("\"timed_out\":false");
            assertThat(send(again, "POST", "/shop/_refresh", "").statusCode()).isEqualTo(200);
            assertThat(send(again, "POST", "/shop/_search", "{\"query\":{\"match\":{\"what\":\"shoe\"}}}")
                            .body())
                    .contains("a red shoe")
                    .contains("\"value\":1");
        }
    }

    @Test
    void scriptsPipelinesAndUpdateByQueryAreThere() throws Exception {
        try (NodeProcess node = Nodes.openSearch(data)) {
            send(node, "PUT", "/shop/_doc/1?refresh=true", "{\"pairs\":1}");

            assertThat(send(
                            node,
                            "POST",
                            "/shop/_update_by_query?refresh=true",
                            "{\"script\":{\"source\":\"ctx._source.pairs += params.more\",\"params\":{\"more\":4}}}"))
                    .returns(200, HttpResponse::statusCode);
            assertThat(send(node, "GET", "/shop/_doc/1", "").body()).contains("\"pairs\":5");
            assertThat(send(
                            node,
                            "PUT",
                            "/_ingest/pipeline/upper",
                            "{\"processors\":[{\"uppercase\":{\"field\":\"what\"}}]}"))
                    .returns(200, HttpResponse::statusCode);
        }
    }

    @Test
    void aSecondProcessOnTheDirectoryIsRefusedAndATakenPortIsNamed(@TempDir Path other) throws Exception {
        try (NodeProcess node = Nodes.openSearch(data)) {
            assertThatThrownBy(() -> Nodes.openSearch(data))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("in use by process " + node.pid());
            assertThatThrownBy(() ->
                            NodeProcess.start(Nodes.here().openSearchSpec(other).withPort(node.port())))
                    .isInstanceOfSatisfying(
                            NodeStartException.class,
                            e -> assertThat(e.refused()).isTrue())
                    .hasMessageContaining("--port " + node.port());
            assertThat(send(node, "GET", "/", "").body()).contains("\"number\" : \"2.19");
        }
    }

    @Test
    void itEndsCleanlyWithItsStandardInput() throws Exception {
        NodeProcess node = Nodes.openSearch(data);

        node.close();

        assertThat(node.onExit().get(1, TimeUnit.SECONDS)).isZero();
    }

    private static HttpResponse<String> send(NodeProcess node, String method, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.address() + path))
                .header("content-type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
