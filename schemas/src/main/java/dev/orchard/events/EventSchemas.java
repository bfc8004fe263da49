package dev.orchard.events;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checks events against their schemas: for the tests of whoever writes events, not for those who only read them. */
public final class EventSchemas {
    private static final String ENVELOPE = "envelope";
    private static final String URN = "urn:orchard:schema:";

    private final JsonMapper json = new JsonMapper();
    private final Map<EventType, Schema> schemas = new EnumMap<>(EventType.class);

    public EventSchemas() {
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(URN + ENVELOPE, text("schemas/" + ENVELOPE + ".json"))));
        for (var type : EventType.values()) {
            schemas.put(
                    type, registry.getSchema(SchemaLocation.of(URN + type), text(schemaOf(type)), InputFormat.JSON));
        }
    }

    /** What is wrong with an event, as one sentence for each fault; empty if it keeps the contract. */
    public List<String> problems(String event) {
        String type;
        try {
            type = json.readTree(event).path("type").asString("");
        } catch (JacksonException e) {
            return List.of("it is no JSON: " + e.getOriginalMessage());
        }
        return EventType.find(type)
                .map(known -> problems(known, event))
                .orElseGet(() -> List.of("its type is not one of the contract's: " + type));
    }

    /** The golden example of a type, as it would be logged. */
    public static String example(EventType type) {
        return text("examples/" + type + ".json");
    }

    private List<String> problems(EventType type, String event) {
        return schema(type)
                .validate(
                        event,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private Schema schema(EventType type) {
        var schema = schemas.get(type);
        if (schema == null) {
            throw new IllegalStateException("there is no schema of " + type);
        }
        return schema;
    }

    private static String schemaOf(EventType type) {
        return "schemas/" + type + ".json";
    }

    private static String text(String resource) {
        try (var stream = EventSchemas.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
