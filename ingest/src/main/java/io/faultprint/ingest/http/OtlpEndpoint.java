package io.faultprint.ingest.http;

import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.produce.Delivery;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v1/logs}, {@code /v1/metrics}, {@code /v1/traces}: OTLP/HTTP in protobuf and JSON. */
final class OtlpEndpoint {

    private final Signal signal;
    private final Exchange exchange;
    private final Normaliser normaliser;
    private final String path;

    OtlpEndpoint(Signal signal, Exchange exchange, Normaliser normaliser) {
        this.signal = signal;
        this.exchange = exchange;
        this.normaliser = normaliser;
        this.path = "/v1/" + signal.path();
    }

    void handle(Context context) throws IOException {
        Encoding encoding = Encoding.of(context.header("Content-Type"));
        exchange.handle(context, encoding, "application/x-protobuf or application/json", this::export);
    }

    private CompletableFuture<Exchange.Answer> export(byte[] bytes, Encoding encoding, Source source) {
        Decoded decoded = encoding.read(signal, bytes);
        if (decoded instanceof Decoded.Undecodable undecodable) {
            return exchange.undecodable(undecodable.why(), bytes, Cause.UNDECODABLE, encoding, source, path);
        }
        Decoded.Request request = (Decoded.Request) decoded;
        Delivery delivery = exchange.delivery();
        Rejections rejections = new Rejections();
        normaliser.normalise(request.message(), source, outcome -> {
            if (outcome instanceof Outcome.Parsed parsed) {
                delivery.event(parsed);
            } else if (outcome instanceof Outcome.Rejected rejected) {
                rejections.add(rejected.cause() + ": " + rejected.message());
                delivery.deadLetter(exchange.deadLetter(rejected, Encoding.PROTOBUF.contentType(), source, path));
            } else {
                delivery.dropped();
            }
        });
        for (int i = 0; i < request.spoiled().size(); i++) {
            Decoded.Spoiled spoiled = request.spoiled().get(i);
            rejections.add(Cause.MALFORMED_RECORD + ": " + spoiled.why());
            Outcome.Rejected rejected =
                    new Outcome.Rejected(Cause.MALFORMED_RECORD, spoiled.why(), spoiled.original(), "", i);
            delivery.deadLetter(exchange.deadLetter(rejected, encoding.contentType(), source, path));
        }
        byte[] answer = encoding.success(signal, rejections.count, rejections.message());
        return exchange.deliver(delivery, new Exchange.Answer(200, encoding, answer));
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
