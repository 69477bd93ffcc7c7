package io.faultprint.ingest.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.function.Consumer;

/** The parts that all three signals share: resources, scopes, attributes, values. */
final class JsonCommon {

    private final JsonReader json;

    JsonCommon(JsonReader json) {
        this.json = json;
    }

    Resource resource() throws IOException {
        Resource.Builder resource = Resource.newBuilder();
        json.object(name -> {
            if (!name.equals("attributes")) {
                return false;
            }
            attributes(resource::addAttributes);
            return true;
        });
        return resource.build();
    }

    InstrumentationScope scope() throws IOException {
        InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
        json.object(name -> {
            switch (name) {
                case "name" -> scope.setName(json.string());
                case "version" -> scope.setVersion(json.string());
                case "attributes" -> attributes(scope::addAttributes);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return scope.build();
    }

    void attributes(Consumer<KeyValue> into) throws IOException {
        json.array(() -> into.accept(attribute()));
    }

    private KeyValue attribute() throws IOException {
        KeyValue.Builder attribute = KeyValue.newBuilder();
        json.object(name -> {
            switch (name) {
                case "key" -> attribute.setKey(json.string());
                case "value" -> attribute.setValue(value());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return attribute.build();
    }

    AnyValue value() throws IOException {
        AnyValue.Builder value = AnyValue.newBuilder();
        json.object(name -> {
            switch (name) {
                case "stringValue" -> value.setStringValue(json.string());
                case "boolValue" -> value.setBoolValue(json.bool());
                case "intValue" -> value.setIntValue(json.int64());
                case "doubleValue" -> value.setDoubleValue(json.number());
                case "bytesValue" -> value.setBytesValue(json.base64());
                case "arrayValue" -> value.setArrayValue(array());
                case "kvlistValue" -> value.setKvlistValue(list());
                default -> {
                    return false;
                }
            }
            return true;
        });
        return value.build();
    }

    private ArrayValue array() throws IOException {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        json.object(name -> {
            if (!name.equals("values")) {
                return false;
            }
            json.array(() -> array.addValues(value()));
            return true;
        });
        return array.build();
    }

    private KeyValueList list() throws IOException {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        json.object(name -> {
            if (!name.equals("values")) {
                return false;
            }
            attributes(list::addValues);
            return true;
        });
        return list.build();
    }
}
