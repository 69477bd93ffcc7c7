package io.faultprint.ingest.http;

import io.faultprint.event.ChangeEvent;
import io.faultprint.ingest.change.ChangeReader;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.DeclaredChange;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.produce.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/changes}: one change or an array of them, in JSON; all are taken or none. */
final class ChangesEndpoint implements Endpoint {

    static final String PATH = "/v1/changes";

    private final Normaliser normaliser;

    ChangesEndpoint(Normaliser normaliser) {
        this.normaliser = normaliser;
    }

    @Override
    public @Nullable Encoding encoding(@Nullable String contentType) {
        Encoding encoding = Encoding.of(contentType);
        return encoding == Encoding.JSON ? encoding : null;
    }

    @Override
    public String wanted() {
        return "application/json";
    }

    @Override
    public Answer take(byte[] body, Encoding encoding, Source source, Parts parts, Delivery delivery) {
        ChangeReader.Result result = ChangeReader.read(body);
        if (result instanceof ChangeReader.Refused refused) {
            delivery.deadLetter(Letters.whole(refused.why(), body, Cause.BAD_CHANGE, encoding, source, PATH));
            return Answer.problem(400, encoding, Answer.INVALID_ARGUMENT, refused.why());
        }
        List<String> ids = new ArrayList<>();
        List<DeclaredChange> changes = ((ChangeReader.Changes) result).changes();
        for (int i = 0; i < changes.size(); i++) {
            Outcome.Parsed parsed = normaliser.change(changes.get(i), source, i);
            delivery.event(parsed);
            ids.add(Json.quoted(((ChangeEvent) parsed.event()).getId()));
        }
        return new Answer(200, encoding, Json.bytes("{\"ids\":[" + String.join(",", ids) + "]}"));
    }
}
