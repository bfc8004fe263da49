package dev.orchard.events;

import static dev.orchard.events.Contract.ENVELOPE;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of one type with the envelope worked into it and without references, as the comparison of schemas needs
 * it: in JSON Schema draft 7, the latest that the library reads.
 */
final class FlatSchema {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REFERENCE = "urn:orchard:schema:envelope#";

    private final ObjectNode envelope;
    private final ObjectNode schema;

    private FlatSchema(Contract contract, String type) {
        this.envelope = contract.schemas().get(ENVELOPE);
        this.schema = contract.schemas().get(type);
    }

    /** What writers keep: nothing that is not named. */
    static ObjectNode strict(Contract contract, String type) {
        return new FlatSchema(contract, type).flat();
    }

    /** What readers rely on: members that they do not know are let through. */
    static ObjectNode lenient(Contract contract, String type) {
        var flat = strict(contract, type);
        open(flat);
        return flat;
    }

    private ObjectNode flat() {
        var flat = JSON.createObjectNode().put("$schema", "http://json-schema.org/draft-07/schema#");
        merge(flat, envelope.deepCopy().without("if").without("then").without("else"));
        boolean fromMetadata = schema.at("/properties/source/const").equals(envelope.at("/if/properties/source/const"));
        merge(flat, (ObjectNode) envelope.path(fromMetadata ? "then" : "else"));
        merge(flat, schema.deepCopy().without("allOf"));
        return flat;
    }

    /** Adds what the one says to what is there; a constant leaves nothing else to say. */
    private void merge(ObjectNode into, ObjectNode from) {
        from.forEachEntry((keyword, value) -> {
            switch (keyword) {
                case "$schema", "$id", "$defs", "title", "description" -> {}
                case "$ref" -> mergeReferred(into, value.asString());
                case "required" -> into.withArrayProperty(keyword).addAll((ArrayNode) value);
                case "dependentRequired" -> into.set("dependencies", value);
                case "properties" -> mergeProperties(into.withObjectProperty(keyword), (ObjectNode) value);
                case "pattern" -> into.put(keyword, into.path(keyword).asString("") + "(?=" + value.asString() + ")");
                default -> into.set(keyword, flat(value));
            }
        });
        if (into.has("const")) {
            into.retain("const");
        }
    }

    private void mergeReferred(ObjectNode into, String reference) {
        if (!reference.startsWith(REFERENCE)) {
            throw new IllegalArgumentException("not in the envelope: " + reference);
        }
        merge(into, (ObjectNode) envelope.at(reference.substring(REFERENCE.length())));
    }

    private void mergeProperties(ObjectNode into, ObjectNode from) {
        from.forEachEntry((name, value) -> {
            if (value.isObject()) {
                merge(into.withObjectProperty(name), (ObjectNode) value);
            } else {
                into.remove(name);
            }
        });
    }

    private JsonNode flat(JsonNode value) {
        if (value.isObject()) {
            var flat = JSON.createObjectNode();
            merge(flat, (ObjectNode) value);
            return flat;
        }
        if (value.isArray()) {
            var flat = JSON.createArrayNode();
            value.forEach(element -> flat.add(flat(element)));
            return flat;
        }
        return value;
    }

    private static void open(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("additionalProperties");
        }
        node.forEach(FlatSchema::open);
    }
}
