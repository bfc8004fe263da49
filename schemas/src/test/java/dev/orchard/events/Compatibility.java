package dev.orchard.events;

import static dev.orchard.events.Contract.ENVELOPE;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.apicurio.registry.rules.compatibility.jsonschema.JsonSchemaDiffLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds a contract against a released one. Both ways must go: a new reader reads all that was ever written, and an old
 * reader reads what is written now. Writers are strict and readers lenient, so what is asked each time is whether the
 * lenient schema of the one accepts all that the strict schema of the other allows.
 */
final class Compatibility {
    private final Contract released;
    private final Contract present;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(Contract released, Contract present) {
        this.released = released;
        this.present = present;
    }

    /** What is incompatible, a sentence each; empty if nothing is. */
    static List<String> breaks(Contract released, Contract present) {
        var compatibility = new Compatibility(released, present);
        for (String type : released.schemas().keySet()) {
            if (!type.equals(ENVELOPE)) {
                compatibility.check(type);
            }
        }
        return compatibility.breaks;
    }

    private void check(String type) {
        if (!present.schemas().containsKey(type) || !present.examples().containsKey(type)) {
            breaks.add(type + " has vanished");
            return;
        }
        checkMembers(type);
        checkReading(type, "a new reader does not read what was written", released, present);
        checkReading(type, "an old reader does not read what is written now", present, released);
    }

    /** A member that may be absent is no loss to a schema, but it is one to whoever reads it. */
    private void checkMembers(String type) {
        var lost = new TreeSet<String>();
        for (String path : List.of("/properties", "/properties/data/properties")) {
            lost.addAll(FlatSchema.strict(released, type).at(path).propertyNames());
            lost.removeAll(FlatSchema.strict(present, type).at(path).propertyNames());
            lost.forEach(member -> breaks.add(type + " has lost " + member));
            lost.clear();
        }
    }

    private void checkReading(String type, String fault, Contract writer, Contract reader) {
        ObjectNode accepted = FlatSchema.lenient(reader, type);
        var problems = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(accepted)
                .validate((JsonNode) writer.examples().get(type));
        problems.forEach(problem -> breaks.add(type + ": " + fault + ": the example: " + problem));
        var differences = JsonSchemaDiffLibrary.getIncompatibleDifferences(
                FlatSchema.strict(writer, type).toString(), accepted.toString());
        differences.forEach(difference -> breaks.add(
                "%s: %s: %s at %s".formatted(type, fault, difference.getDiffType(), difference.getPathUpdated())));
    }
}
