package io.faultprint.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The spoiled records of one resource group of a JSON request, each as a whole request with that record alone: spliced
 * from the sender's own bytes, so that it can be sent again as it is, once whatever refused it is mended.
 */
final class JsonAlone {

    private static final Map<String, String> GROUPS = Map.of(
            "scopeLogs", Signal.LOGS.jsonField(),
            "scopeMetrics", Signal.METRICS.jsonField(),
            "scopeSpans", Signal.TRACES.jsonField());

    private record Raw(int start, int end) {
        int length() {
            return end - start;
        }
    }

    private record Spoiled(Raw record, Scope scope, String why) {}

    private final byte[] bytes;
    private final String scopes;
    private final Parts parts;
    private final List<Spoiled> spoiled = new ArrayList<>();
    private Raw resource = new Raw(0, 0);

    /** @param scopes the field of the group that holds its scopes, for example {@code scopeLogs} */
    JsonAlone(byte[] bytes, String scopes, Parts parts) {
        this.bytes = bytes;
        this.scopes = scopes;
        this.parts = parts;
    }

    void resource(int start, int end) {
        resource = kept(start, end);
    }

    /** A scope of the group, whose records stand in this field. */
    Scope scope(String items) {
        return new Scope(items);
    }

    /** One scope; what it is may be told after its records. */
    final class Scope {

        private final String items;
        private Raw scope = new Raw(0, 0);

        private Scope(String items) {
            this.items = items;
        }

        void is(int start, int end) {
            scope = kept(start, end);
        }

        void spoiled(int start, int end, String why) {
            spoiled.add(new Spoiled(new Raw(start, end), this, why));
        }
    }

    List<Decoded.Spoiled> requests() {
        return spoiled.stream()
                .map(each -> new Decoded.Spoiled(request(each), each.why()))
                .toList();
    }

    private static Raw kept(int start, int end) {
        return end - start <= Salvage.LONGEST_COPY ? new Raw(start, end) : new Raw(0, 0);
    }

    private byte[] request(Spoiled each) {
        Raw record = each.record();
        parts.copied((long) resource.length() + each.scope().scope.length() + record.length());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, "{\"" + GROUPS.get(scopes) + "\":[{");
        field(out, "resource", resource);
        text(out, "\"" + scopes + "\":[{");
        field(out, "scope", each.scope().scope);
        text(out, "\"" + each.scope().items + "\":[");
        out.write(bytes, record.start(), record.length());
        text(out, "]}]}]}");
        return out.toByteArray();
    }

    private void field(ByteArrayOutputStream out, String name, Raw raw) {
        if (raw.length() > 0) {
            text(out, "\"" + name + "\":");
            out.write(bytes, raw.start(), raw.length());
            text(out, ",");
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
