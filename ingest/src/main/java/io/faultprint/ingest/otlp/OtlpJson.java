package io.faultprint.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * OTLP in JSON, read into the same messages as protobuf, so that both forms of one payload give the same events. A
 * record with a value of the wrong type is spoiled alone; JSON that breaks off spoils the request.
 */
public final class OtlpJson {

    private static final int NESTING = 64;

    /** One factory for the process: it holds the table of field names. Names from outside are not interned. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Not JSON, but some exporters write a bare NaN: it must cost its own point and not its neighbours.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] bytes;
    private final Parts parts;
    private final JsonReader json;
    private final JsonCommon common;
    private final JsonRecords records;
    private final JsonMetrics metrics;
    private final List<Decoded.Spoiled> spoiled = new ArrayList<>();
    private JsonAlone alone;

    private OtlpJson(byte[] bytes, JsonParser in, Parts parts) {
        this.bytes = bytes;
        this.parts = parts;
        this.alone = new JsonAlone(bytes, "", parts);
        this.json = new JsonReader(in, parts);
        this.common = new JsonCommon(json);
        this.records = new JsonRecords(json, common);
        this.metrics = new JsonMetrics(json, common);
    }

    /** Reads the bytes (UTF-8) of one request of this signal. */
    public static Decoded read(Signal signal, byte[] bytes, Parts parts) {
        try (JsonParser in = FACTORY.createParser(bytes)) {
            OtlpJson reader = new OtlpJson(bytes, in, parts);
            in.nextToken();
            Message message = reader.request(signal);
            if (in.nextToken() != null) {
                return new Decoded.Undecodable("not an OTLP " + signal.path() + " request: more follows its end");
            }
            return new Decoded.Request(message, reader.spoiled);
        } catch (Parts.TooMany e) {
            return parts.tooMany();
        } catch (Parts.NoRoom e) {
            return new Decoded.NoRoom();
        } catch (IOException e) {
            return new Decoded.Undecodable("not an OTLP " + signal.path() + " request in JSON: " + reason(e));
        }
    }

    private Message request(Signal signal) throws IOException {
        return switch (signal) {
            case LOGS -> {
                ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
                groups(signal, () -> request.addResourceLogs(logs()));
                yield request.build();
            }
            case METRICS -> {
                ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
                groups(signal, () -> request.addResourceMetrics(metrics()));
                yield request.build();
            }
            case TRACES -> {
                ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
                groups(signal, () -> request.addResourceSpans(spans()));
                yield request.build();
            }
        };
    }

    private void groups(Signal signal, JsonReader.Item group) throws IOException {
        json.object(name -> {
            if (name.equals(signal.jsonField())) {
                json.array(group);
                return true;
            }
            for (Signal other : Signal.values()) {
                if (name.equals(other.jsonField())) {
                    throw new JsonReader.WrongValue(
                            "/" + name + " is for /v1/" + other.path() + "; nothing of this request was taken");
                }
            }
            return false;
        });
    }

    private ResourceLogs logs() throws IOException {
        ResourceLogs.Builder group = ResourceLogs.newBuilder();
        resource("scopeLogs", group::setResource, () -> {
            ScopeLogs.Builder scope = ScopeLogs.newBuilder();
            scope("logRecords", scope::setScope, () -> scope.addLogRecords(records.log()));
            group.addScopeLogs(scope);
        });
        return group.build();
    }

    private ResourceMetrics metrics() throws IOException {
        ResourceMetrics.Builder group = ResourceMetrics.newBuilder();
        resource("scopeMetrics", group::setResource, () -> {
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
            scope("metrics", scope::setScope, () -> scope.addMetrics(metrics.metric()));
            group.addScopeMetrics(scope);
        });
        return group.build();
    }

    private ResourceSpans spans() throws IOException {
        ResourceSpans.Builder group = ResourceSpans.newBuilder();
        resource("scopeSpans", group::setResource, () -> {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            scope("spans", scope::setScope, () -> scope.addSpans(records.span()));
            group.addScopeSpans(scope);
        });
        return group.build();
    }

    private void resource(String scopes, Consumer<Resource> resource, JsonReader.Item scope) throws IOException {
        alone = new JsonAlone(bytes, scopes, parts);
        json.object(name -> {
            if (name.equals("resource")) {
                int start = start();
                resource.accept(common.resource());
                alone.resource(start, end());
            } else if (name.equals(scopes)) {
                json.array(scope);
            } else {
                return false;
            }
            return true;
        });
        // Only now: the resource may stand behind its records.
        spoiled.addAll(alone.requests());
    }

    private void scope(String items, Consumer<InstrumentationScope> scope, JsonReader.Item item) throws IOException {
        JsonAlone.Scope raw = alone.scope(items);
        json.object(name -> {
            if (name.equals("scope")) {
                int start = start();
                scope.accept(common.scope());
                raw.is(start, end());
            } else if (name.equals(items)) {
                json.array(() -> orSpoiled(item, raw));
            } else {
                return false;
            }
            return true;
        });
    }

    /** Reads one record; where a value in it is wrong, passes on to its end and keeps its bytes. */
    private void orSpoiled(JsonReader.Item item, JsonAlone.Scope scope) throws IOException {
        JsonStreamContext array = json.in.getParsingContext().inArray()
                ? json.in.getParsingContext()
                : json.in.getParsingContext().getParent();
        int start = start();
        try {
            item.read();
        } catch (JsonReader.WrongValue wrong) {
            while (json.in.getParsingContext() != array || !ended(json.in.currentToken())) {
                if (json.in.nextToken() == null) {
                    throw wrong;
                }
            }
            scope.spoiled(start, end(), String.valueOf(wrong.getMessage()));
        }
    }

    private int start() {
        return (int) json.in.currentTokenLocation().getByteOffset();
    }

    private int end() {
        return (int) json.in.currentLocation().getByteOffset();
    }

    private static boolean ended(JsonToken token) {
        return token.isScalarValue() || token.isStructEnd();
    }

    static String reason(IOException e) {
        if (e instanceof JsonProcessingException problem) {
            String where = problem.getLocation() == null
                    ? ""
                    : " at byte " + problem.getLocation().getByteOffset();
            return problem.getOriginalMessage().lines().findFirst().orElse("") + where;
        }
        return String.valueOf(e.getMessage());
    }
}
