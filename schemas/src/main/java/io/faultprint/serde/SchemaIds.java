package io.faultprint.serde;

import org.apache.avro.Schema;

/** Where schema ids come from: the bundled catalogue, or a registry that speaks Confluent's API. */
public interface SchemaIds {

    /**
     * The id to write before a record of this schema.
     *
     * @param topic full name of the topic it goes to; a registry makes its subject from topic and record name
     * @throws MalformedRecord when the schema is not known here and must not be registered
     */
    int idOf(String topic, Schema schema);

    /**
     * The schema that a record with this id was written with. A registry that is away is waited for.
     *
     * @throws MalformedRecord when no schema has this id
     */
    Schema schemaOf(int id);
}
