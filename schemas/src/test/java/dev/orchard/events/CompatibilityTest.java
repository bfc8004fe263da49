package dev.orchard.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was released stays readable, and what is written now is readable by those who know only what was released. */
class CompatibilityTest {
    private static final String MOVED = EventType.TAG_MOVED.text();
    private static final String DELETED = EventType.TAG_DELETED.text();
    private static final String COUNT = EventType.REFCOUNT_CHANGED.text();
    private static final String DUPLICATE = EventType.ARTIFACT_DEDUPLICATED.text();
    private static final String STORED = EventType.ARTIFACT_STORED.text();

    private final Contract present = Contract.read(Path.of("src/main/resources"));

    CompatibilityTest() throws IOException {}

    @ParameterizedTest
    @MethodSource("releases")
    void breaksNoReleasedContract(Path release) throws IOException {
        assertThat(Compatibility.breaks(Contract.read(release), present)).isEmpty();
    }

    @Test
    void hasAFirstRelease() throws IOException {
        assertThat(releases()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String change, Consumer<Contract> doctor) {
        var doctored = present.copy();
        doctor.accept(doctored);
        assertThat(Compatibility.breaks(present, doctored)).isNotEmpty();
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                change("a type removed", c -> c.schemas().remove(MOVED)),
                change("a type's example removed", c -> c.examples().remove(MOVED)),
                change("a required member added", c -> {
                    data(c, MOVED).putObject("weight").put("type", "integer");
                    required(c, MOVED).add("weight");
                }),
                change("a required member removed", c -> {
                    data(c, MOVED).remove("tag");
                    without(required(c, MOVED), "tag");
                }),
                change("an optional member removed", c -> data(c, STORED).remove("project")),
                change("a required member made optional", c -> without(required(c, MOVED), "tag")),
                change(
                        "an optional member made required",
                        c -> required(c, STORED).add("project")),
                change(
                        "a type narrowed: null not allowed any more",
                        c -> member(c, DUPLICATE, "tag")
                                .removeAll()
                                .put("$ref", "urn:orchard:schema:envelope#/$defs/tag")),
                change(
                        "a type widened: null allowed",
                        c -> member(c, DUPLICATE, "filename")
                                .putArray("type")
                                .add("string")
                                .add("null")),
                change("a type changed", c -> member(c, COUNT, "seq").put("type", "string")),
                change("a range narrowed", c -> member(c, COUNT, "seq").put("minimum", 2)),
                change("a range widened", c -> member(c, COUNT, "seq").put("minimum", 0)),
                change("a value of an enum removed", c -> without(causes(c), "project.deleted")),
                change("a value added to an enum", c -> causes(c).add("garbage.collected")),
                change("a pattern changed", c -> definition(c, "tag").put("pattern", "^[a-z]+$")),
                change("a member renamed", c -> {
                    data(c, MOVED).set("label", data(c, MOVED).remove("tag"));
                    without(required(c, MOVED), "tag").add("label");
                }),
                change("an attribute removed", c -> envelope(c, "properties").remove("reason")),
                change(
                        "an attribute made required",
                        c -> ((ArrayNode) c.schemas().get(Contract.ENVELOPE).path("required")).add("reason")),
                change(
                        "an attribute of the metadata's events made optional",
                        c -> envelope(c, "then").remove("required")),
                change(
                        "another source",
                        c -> ((ObjectNode) c.schemas().get(MOVED).at("/properties/source"))
                                .put("const", "/orchard/audit")),
                change(
                        "a subject of another kind",
                        c -> ((ObjectNode) c.schemas().get(MOVED).at("/properties/subject"))
                                .put("pattern", "^tag/.*$")),
                change(
                        "an example that the released schema refuses",
                        c -> ((ObjectNode) c.examples().get(MOVED).path("data")).put("tag", 7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepts(String change, Consumer<Contract> doctor) {
        var doctored = present.copy();
        doctor.accept(doctored);
        assertThat(Compatibility.breaks(present, doctored)).isEmpty();
    }

    static Stream<Arguments> accepts() {
        return Stream.of(
                change("nothing changed", c -> {}),
                change("an optional member added, and used by the example", c -> {
                    data(c, MOVED).putObject("weight").put("type", "integer");
                    ((ObjectNode) c.examples().get(MOVED).path("data")).put("weight", 3);
                }),
                change(
                        "an optional attribute added",
                        c -> envelope(c, "properties").putObject("colour").put("type", "string")),
                change("a type added", c -> {
                    c.schemas().put("dev.orchard.tag.moved.v2", c.schemas().get(MOVED));
                    c.examples().put("dev.orchard.tag.moved.v2", c.examples().get(MOVED));
                }),
                change("other words", c -> c.schemas().get(MOVED).put("title", "A tag went elsewhere")));
    }

    private static Arguments change(String name, Consumer<Contract> doctor) {
        return arguments(name, doctor);
    }

    private static List<Path> releases() throws IOException {
        try (var folders = Files.list(Path.of("src/test/resources/released"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static ObjectNode data(Contract contract, String type) {
        return (ObjectNode) contract.schemas().get(type).at("/properties/data/properties");
    }

    private static ObjectNode member(Contract contract, String type, String name) {
        return (ObjectNode) data(contract, type).path(name);
    }

    private static ArrayNode required(Contract contract, String type) {
        return (ArrayNode) contract.schemas().get(type).at("/properties/data/required");
    }

    private static ArrayNode causes(Contract contract) {
        return (ArrayNode) member(contract, DELETED, "cause").path("enum");
    }

    private static ObjectNode envelope(Contract contract, String keyword) {
        return (ObjectNode) contract.schemas().get(Contract.ENVELOPE).path(keyword);
    }

    private static ObjectNode definition(Contract contract, String name) {
        return (ObjectNode) envelope(contract, "$defs").path(name);
    }

    private static ArrayNode without(ArrayNode values, String value) {
        values.removeIf(element -> element.asString().equals(value));
        return values;
    }
}
