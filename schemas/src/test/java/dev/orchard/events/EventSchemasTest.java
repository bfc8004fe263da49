package dev.orchard.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSchemasTest {
    private static final String METADATA = "/orchard/metadata";
    private static final String AUDIT = "/orchard/audit";
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

    @ParameterizedTest
    @EnumSource
    void refusesATypeFromAnotherSource(EventType type) {
        var audit = example(type).path("source").asString().equals(AUDIT);
        var event = example(type).put("source", audit ? METADATA : AUDIT);
        event.put("actor", "orchard").put("dbuser", "orchard_audit_app").put("txid", "1");
        if (!audit) {
            event.remove("txid");
        }
        assertThat(problems(event)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0741", "-1", "0x2e5", "7 41", "123456789012345678901"})
    void refusesATransactionThatIsNoDecimalNumber(String txid) {
        assertThat(problems(example(EventType.TAG_MOVED).put("txid", txid))).isNotEmpty();
    }

    @Test
    void acceptsTheLargestTransaction() {
        var largest = Long.toUnsignedString(-1);
        assertThat(problems(example(EventType.TAG_MOVED).put("txid", largest))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"txid", "actor", "dbuser"})
    void refusesTheAuditsOwnEventInTheNameOfAnother(String attribute) {
        assertThat(problems(example(EventType.LEDGER_GHOST).put(attribute, "741")))
                .isNotEmpty();
    }

    @Test
    void acceptsTheFirstEpoch() {
        var event = example(EventType.EPOCH_CLOSED).put("subject", "epoch/1");
        data(event).put("epoch", 1).put("from_txid", "0").putNull("previous");
        assertThat(problems(event)).isEmpty();
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
        var optional = Set.of("requestid", "clientaddress", "reason", "traceparent", "breakglass");
        return Arrays.stream(EventType.values())
                .flatMap(type -> example(type).propertyNames().stream()
                        .filter(name -> !optional.contains(name))
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
