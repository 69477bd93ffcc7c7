package io.faultprint.chaos.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.chaos.endpoint.BulkRequest.Refusal;
import org.junit.jupiter.api.Test;

class BulkRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BODY = """
            {"create":{"_index":"a","_id":"1"}}
            {"what":"über"}
            {"delete":{"_index":"a","_id":"2"}}
            {"index":{"_index":"b","_id":"3"}}
            {"what":"\\n"}
            """;

    @Test
    void everyActionIsAnItemAndADeleteHasNoSecondLine() throws Exception {
        BulkRequest request = BulkRequest.read(BODY.getBytes(UTF_8));

        assertThat(request.items())
                .extracting(it -> it.action() + " " + it.index() + "/" + it.id())
                .containsExactly("create a/1", "delete a/2", "index b/3");
        assertThat(new String(request.without(i -> false), UTF_8)).isEqualTo(BODY);
        assertThat(new String(request.without(i -> i != 1), UTF_8))
                .isEqualTo("{\"delete\":{\"_index\":\"a\",\"_id\":\"2\"}}\n");
    }

    @Test
    void aBodyWithoutALastLineEndIsReadToItsEnd() throws Exception {
        BulkRequest request = BulkRequest.read(BODY.strip().getBytes(UTF_8));

        assertThat(request.items()).hasSize(3);
    }

    @Test
    void answersStandInTheOrderOfTheItems() throws Exception {
        BulkRequest request = BulkRequest.read(BODY.getBytes(UTF_8));
        JsonNode node = JSON.readTree("{\"took\":4,\"errors\":false,\"items\":[{\"delete\":{\"status\":200}}]}");

        JsonNode answer = JSON.readTree(request.answer(i -> i != 1, new Refusal(429, "busy", "[%s] is"), node));

        assertThat(answer.path("errors").asBoolean()).isTrue();
        assertThat(answer.at("/items/0/create/status").asInt()).isEqualTo(429);
        assertThat(answer.at("/items/0/create/error/reason").asText()).isEqualTo("[a] is");
        assertThat(answer.at("/items/1/delete/status").asInt()).isEqualTo(200);
        assertThat(answer.at("/items/2/index/error/reason").asText()).isEqualTo("[b] is");
    }
}
