package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;

/**
 * Plain text: a record is one event, of one line or several. Its time is the record's; its level is what the normaliser
 * recognises in the words before the message.
 */
final class TextReader implements Reader {

    private final TopicSettings topic;

    TextReader(TopicSettings topic) {
        this.topic = topic;
    }

    @Override
    public Decoded read(ForeignRecord record) {
        String line = Utf8.line(record.value());
        if (line.isBlank()) {
            return new Decoded.Undecodable("an empty record: no text is in it");
        }
        boolean byKey = !topic.serviceFrom().isEmpty()
                && record.key() != null
                && !record.key().isBlank();
        return new LogDraft(line, record.time())
                .of(Names.resource(byKey ? record.key() : topic.service(), topic.environment(), null, null));
    }
}
