package io.faultprint.ingest.http;

import io.faultprint.event.ChangeEvent;
import io.faultprint.ingest.change.ChangeReader;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.produce.Delivery;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v1/changes}: one change or an array of them, in JSON; all are taken or none. */
final class ChangesEndpoint {

    private final Exchange exchange;
    private final Normaliser normaliser;

    ChangesEndpoint(Exchange exchange, Normaliser normaliser) {
        this.exchange = exchange;
        this.normaliser = normaliser;
    }

    void handle(Context context) throws IOException {
        Encoding encoding = Encoding.of(context.header("Content-Type"));
        exchange.handle(
                context,
                encoding == Encoding.JSON ? encoding : null,
                "application/json",
                (bytes, json, source) -> take(bytes, source));
    }

    private CompletableFuture<Exchange.Answer> take(byte[] bytes, Source source) {
        ChangeReader.Result result = ChangeReader.read(bytes);
        if (result instanceof ChangeReader.Refused refused) {
            return exchange.undecodable(refused.why(), bytes, Cause.BAD_CHANGE, Encoding.JSON, source, "/v1/changes");
        }
        Delivery delivery = exchange.delivery();
        List<String> ids = new ArrayList<>();
        List<io.faultprint.ingest.normalise.DeclaredChange> changes = ((ChangeReader.Changes) result).changes();
        for (int i = 0; i < changes.size(); i++) {
            Outcome.Parsed parsed = normaliser.change(changes.get(i), source, i);
            delivery.event(parsed);
            ids.add(Json.quoted(((ChangeEvent) parsed.event()).getId()));
        }
        byte[] answer = Json.bytes("{\"ids\":[" + String.join(",", ids) + "]}");
        return exchange.deliver(delivery, new Exchange.Answer(200, Encoding.JSON, answer));
    }
}
