package io.faultprint.ingest.http;

import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.produce.Delivery;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/logs}, {@code /v1/metrics}, {@code /v1/traces}: OTLP/HTTP in protobuf and JSON. */
final class OtlpEndpoint implements Endpoint {

    private final Signal signal;
    private final Normaliser normaliser;
    private final String path;

    OtlpEndpoint(Signal signal, Normaliser normaliser) {
        this.signal = signal;
        this.normaliser = normaliser;
        this.path = "/v1/" + signal.path();
    }

    @Override
    public @Nullable Encoding encoding(@Nullable String contentType) {
        return Encoding.of(contentType);
    }

    @Override
    public String wanted() {
        return "application/x-protobuf or application/json";
    }

    @Override
    public Answer take(byte[] body, Encoding encoding, Source source, Parts parts, Delivery delivery) {
        Decoded decoded = encoding.read(signal, body, parts);
        if (decoded instanceof Decoded.Request request) {
            return take(request, encoding, source, delivery);
        } else if (decoded instanceof Decoded.Undecodable undecodable) {
            delivery.deadLetter(Letters.whole(undecodable.why(), body, Cause.UNDECODABLE, encoding, source, path));
            return Answer.problem(400, encoding, Answer.INVALID_ARGUMENT, undecodable.why());
        }
        return decoded instanceof Decoded.TooMany tooMany
                ? Answer.problem(413, encoding, Answer.RESOURCE_EXHAUSTED, tooMany.why())
                : Answer.overloaded(encoding, "too much is being read already");
    }

    private Answer take(Decoded.Request request, Encoding encoding, Source source, Delivery delivery) {
        Rejections rejections = new Rejections();
        normaliser.normalise(request.message(), source, outcome -> {
            if (outcome instanceof Outcome.Parsed parsed) {
                delivery.event(parsed);
            } else if (outcome instanceof Outcome.Rejected rejected) {
                rejections.add(rejected.cause() + ": " + rejected.message());
                delivery.deadLetter(Letters.record(rejected, Encoding.PROTOBUF, source, path));
            } else {
                delivery.dropped();
            }
        });
        for (int i = 0; i < request.spoiled().size(); i++) {
            Decoded.Spoiled spoiled = request.spoiled().get(i);
            rejections.add(Cause.MALFORMED_RECORD + ": " + spoiled.why());
            Outcome.Rejected rejected =
                    new Outcome.Rejected(Cause.MALFORMED_RECORD, spoiled.why(), spoiled.original(), "", i);
            delivery.deadLetter(Letters.record(rejected, encoding, source, path));
        }
        return new Answer(200, encoding, encoding.success(signal, rejections.count, rejections.message()));
    }

    /** What partial_success says: how many were rejected, and the first reason as an example. */
    private static final class Rejections {
        private int count;
        private String first = "";

        void add(String why) {
            if (count++ == 0) {
                first = why;
            }
        }

        String message() {
            return count <= 1
                    ? first + "; kept as a dead letter"
                    : count + " records rejected and kept as dead letters; the first: " + first;
        }
    }
}
