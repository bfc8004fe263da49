package dev.orchard.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSchemasTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final EventSchemas schemas = new EventSchemas();

    @ParameterizedTest
    @EnumSource
    void acceptsTheExampleOfEachType(EventType type) {
        assertThat(schemas.problems(EventSchemas.example(type))).isEmpty();
        assertThat(example(type).path("type").asString()).isEqualTo(type.text());
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void refusesAnEventThatLacksARequiredAttribute(EventType type, String attribute) {
        var event = example(type);
        event.remove(attribute);
        assertThat(problems(event)).as("without %s", attribute).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("members")
    void refusesDataWhoseMemberHasAnotherType(EventType type, String member) {
        var event = example(type);
        data(event).putArray(member);
        assertThat(problems(event)).as("with a list as %s", member).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("members")
    void refusesDataThatLacksAMember(EventType type, String member) {
        var event = example(type);
        data(event).remove(member);
        assertThat(problems(event)).as("without %s", member).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatTheContractDoesNotName(EventType type) {
        var extraAttribute = example(type).put("extra", "x");
        var extraMember = example(type);
        data(extraMember).put("extra", "x");
        assertThat(problems(extraAttribute)).isNotEmpty();
        assertThat(problems(extraMember)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesASubjectOfAnotherKind(EventType type) {
        assertThat(problems(example(type).put("subject", "upload/1"))).isNotEmpty();
    }

    @Test
    void acceptsAnArtifactThatNoUploadStored() {
        var event = example(EventType.ARTIFACT_STORED);
        data(event).remove("project");
        data(event).remove("package");
        assertThat(problems(event)).isEmpty();
    }

    @Test
    void refusesATimeThatIsNoTime() {
        assertThat(problems(example(EventType.TAG_MOVED).put("time", "2026-13-03T09:30:00.123456Z")))
                .isNotEmpty();
    }

    @Test
    void refusesAnIdOfAnotherVersionThanSeven() {
        assertThat(problems(example(EventType.TAG_MOVED).put("id", "0b0f9f0e-8d3b-4d6e-9a5e-3f1f2a7c9e10")))
                .isNotEmpty();
    }

    @Test
    void refusesUnknownTypesAndWhatIsNoJson() {
        assertThat(schemas.problems("{\"type\": \"dev.orchard.tag.eaten.v1\"}")).isNotEmpty();
        assertThat(schemas.problems("{")).isNotEmpty();
    }

    /** Each member alone; project and package of a stored artifact lack only together. */
    private static Stream<Arguments> members() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> data(example(type)).propertyNames().stream().map(name -> Arguments.of(type, name)));
    }

    private static Stream<Arguments> attributes() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> Stream.of("specversion", "id", "source", "type", "subject", "time", "actor", "data")
                        .map(name -> Arguments.of(type, name)));
    }

    private static ObjectNode example(EventType type) {
        return (ObjectNode) JSON.readTree(EventSchemas.example(type));
    }

    private static ObjectNode data(JsonNode event) {
        return (ObjectNode) event.path("data");
    }

    private List<String> problems(JsonNode event) {
        return schemas.problems(event.toString());
    }
}
