package dev.orchard.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas and golden examples of one version of the contract, by type; the schemas include {@code envelope}. */
record Contract(Map<String, ObjectNode> schemas, Map<String, ObjectNode> examples) {
    static final String ENVELOPE = "envelope";

    private static final JsonMapper JSON = new JsonMapper();

    static Contract read(Path folder) throws IOException {
        return new Contract(documents(folder.resolve("schemas")), documents(folder.resolve("examples")));
    }

    /** One that a test may change. */
    Contract copy() {
        return new Contract(copy(schemas), copy(examples));
    }

    private static Map<String, ObjectNode> documents(Path folder) throws IOException {
        var documents = new TreeMap<String, ObjectNode>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replaceFirst("\\.json$", "");
                documents.put(name, (ObjectNode) JSON.readTree(file));
            }
        }
        return documents;
    }

    private static Map<String, ObjectNode> copy(Map<String, ObjectNode> documents) {
        var copies = new TreeMap<String, ObjectNode>();
        documents.forEach((name, document) -> copies.put(name, document.deepCopy()));
        return copies;
    }
}
