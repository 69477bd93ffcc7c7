package io.faultprint.node.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeSpec;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenSearch node as its parent sees it, over plain HTTP. */
class OpenSearchNodeIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path sharedData;

    private static NodeProcess shared;

    @BeforeAll
    static void start() {
        shared = Nodes.openSearch(sharedData);
    }

    @AfterAll
    static void end() {
        shared.close();
    }

    @Test
    void documentsKeepTheirVersionAndSurviveAKillAndACleanEndIsOne(@TempDir Path data) throws Exception {
        int port;
        try (NodeProcess node = Nodes.openSearch(data)) {
            port = node.port();

            assertThat(send(node, "PUT", "/shop/_doc/1?version=7&version_type=external", "{\"what\":\"a red shoe\"}"))
                    .returns(201, HttpResponse::statusCode);
            assertThat(send(node, "PUT", "/shop/_doc/1?version=7&version_type=external", "{\"what\":\"older\"}"))
                    .returns(409, HttpResponse::statusCode);

            node.kill();
        }

        NodeProcess again = Nodes.openSearch(data);
        assertThat(again.port()).isEqualTo(port);
        assertThat(send(again, "POST", "/shop/_refresh", "").statusCode()).isEqualTo(200);
        assertThat(send(again, "POST", "/shop/_search", "{\"query\":{\"match\":{\"what\":\"shoe\"}}}")
                        .body())
                .contains("a red shoe")
                .contains("\"value\":1");
        again.close();
        assertThat(again.onExit().get(1, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void scriptsPipelinesAndUpdateByQueryAreThere() throws Exception {
        send(shared, "PUT", "/counts/_doc/1?refresh=true", "{\"pairs\":1}");
        String addFour = "{\"script\":{\"source\":\"ctx._source.pairs += params.more\",\"params\":{\"more\":4}}}";
        String uppercase = "{\"processors\":[{\"uppercase\":{\"field\":\"what\"}}]}";

        assertThat(send(shared, "POST", "/counts/_update_by_query?refresh=true", addFour))
                .returns(200, HttpResponse::statusCode);
        assertThat(send(shared, "PUT", "/_ingest/pipeline/upper", uppercase)).returns(200, HttpResponse::statusCode);
        assertThat(send(shared, "GET", "/counts/_doc/1", "").body()).contains("\"pairs\":5");
    }

    @Test
    void aSecondProcessOnTheDirectoryIsRefused() throws Exception {
        assertThatThrownBy(() -> Nodes.openSearch(sharedData))
                .isInstanceOfSatisfying(
                        NodeStartException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessageContaining("in use by process " + shared.pid());

        assertThat(send(shared, "GET", "/", "").body()).contains("\"number\" : \"2.19");
    }

    @Test
    void aTakenPortIsNamed(@TempDir Path data) {
        NodeSpec spec = Nodes.here().openSearchSpec(data).withPort(shared.port());

        assertThatThrownBy(() -> NodeProcess.start(spec))
                .isInstanceOfSatisfying(
                        NodeStartException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessageContaining("--port " + shared.port());
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
