package io.faultprint.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultprint.dashboards.Installation.Installed;
import io.faultprint.dashboards.Installation.NotInstalled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Imports a bundle by the saved objects API of OpenSearch Dashboards ({@code POST /api/saved_objects/_import}), and does not
 * take a status of 200 for a success.
 */
public final class Installer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "faultprint-3f1d8a52c7";
    private static final int OLDEST = 2;
    private static final int MOST_TEXT = 300;

    private final DashboardsAddress address;
    private final HttpClient client;

    public Installer(DashboardsAddress address) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(address.timeout())
                .build();
    }

    /** Imports all of it; what is there under the same ids is replaced. Never throws for a server that is away. */
    public Installation install(Bundle bundle) throws InterruptedException {
        try {
            HttpResponse<byte[]> status = client.send(request("/api/status").build(), BodyHandlers.ofByteArray());
            String version = json(status).at("/version/number").asText("");
            if (status.statusCode() != 200 || version.isEmpty()) {
                return new NotInstalled(trouble("/api/status", status));
            }
            if (major(version) < OLDEST) {
                return new NotInstalled(address.url() + ": is version " + version
                        + "; the dashboards need OpenSearch Dashboards 2.8 or newer");
            }
            HttpRequest post = request("/api/saved_objects/_import?overwrite=true")
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofByteArray(form(bundle.ndjson())))
                    .build();
            return outcome(client.send(post, BodyHandlers.ofByteArray()), bundle, version);
        } catch (IOException e) {
            return new NotInstalled(address.url() + ": OpenSearch Dashboards does not answer (" + e
                    + "); is it running, and is --dashboards its address?");
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(address.timeout())
                .header("osd-xsrf", "true");
        if (!address.user().isEmpty()) {
            byte[] pair = (address.user() + ":" + address.password()).getBytes(UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        if (!address.tenant().isEmpty()) {
            request.header("securitytenant", address.tenant());
        }
        return request;
    }

    private Installation outcome(HttpResponse<byte[]> response, Bundle bundle, String version) {
        JsonNode answer = json(response);
        if (response.statusCode() != 200 || !answer.has("success")) {
            return new NotInstalled(trouble("/api/saved_objects/_import", response));
        }
        List<String> refused = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            refused.add(error.path("type").asText() + " " + error.path("id").asText() + ": "
                    + cut(error.path("error").toString()));
        }
        int imported = answer.path("successCount").asInt();
        if (!answer.path("success").asBoolean() || !refused.isEmpty() || imported != bundle.size()) {
            return new NotInstalled(address.url() + ": " + imported + " of " + bundle.size() + " objects were imported"
                    + (refused.isEmpty() ? "" : "\n" + String.join("\n", refused)));
        }
        return new Installed(imported, version);
    }

    private String trouble(String path, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String text = cut(words(response));
        String mend = switch (status) {
            case 401 -> "; give --user and --password-file (or FAULTPRINT_DASHBOARDS_PASSWORD), or others";
            case 403 ->
                "; the user may not write saved objects"
                        + (address.tenant().isEmpty() ? "" : " of tenant " + address.tenant());
            case 404, 200 -> "; this is not OpenSearch Dashboards: is --dashboards its address, with its base path?";
            case 413 -> "; raise savedObjects.maxImportPayloadBytes, or the limit of what stands before it";
            case 422 -> "; this version cannot import them: use OpenSearch Dashboards 2.8 or newer";
            default -> status >= 500 ? "; it is not ready or broken: look at its log, and try again" : "";
        };
        return address.url() + path + ": HTTP " + status + (text.isEmpty() ? "" : " " + text) + mend;
    }

    /** What Dashboards says of itself; of a page of something in between no more than that it is one. */
    private static String words(HttpResponse<byte[]> response) {
        JsonNode json = json(response);
        if (json.has("message")) {
            return json.path("message").asText();
        }
        String text = new String(response.body(), UTF_8).strip();
        return text.startsWith("<") ? "a web page" : text;
    }

    private static String cut(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "…";
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    /** Dashboards looks at the ending of the file's name. */
    private static byte[] form(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"faultprint.ndjson\"\r\n"
                        + "Content-Type: application/ndjson\r\n\r\n")
                .getBytes(UTF_8));
        out.writeBytes(file);
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return out.toByteArray();
    }
}
