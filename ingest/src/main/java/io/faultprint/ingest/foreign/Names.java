package io.faultprint.ingest.foreign;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's names of what Faultprint looks for, and resources made of them. */
final class Names {

    static final String SERVICE = "service.name";
    static final String ENVIRONMENT = "deployment.environment.name";
    static final String OLDER_ENVIRONMENT = "deployment.environment";
    static final String VERSION = "service.version";
    static final String INSTANCE = "service.instance.id";

    private Names() {}

    static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** Who sent a record; what is null or blank is left out, so that the normaliser refuses it by name. */
    static Resource resource(
            @Nullable String service,
            @Nullable String environment,
            @Nullable String instance,
            @Nullable String version) {
        Resource.Builder resource = Resource.newBuilder();
        add(resource, SERVICE, service);
        add(resource, ENVIRONMENT, environment);
        add(resource, INSTANCE, instance);
        add(resource, VERSION, version);
        return resource.build();
    }

    private static void add(Resource.Builder resource, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            resource.addAttributes(attribute(name, value));
        }
    }
}
