package dev.orchard.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.events.EventSchemas;
import dev.orchard.events.EventType;
import dev.orchard.support.naming.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {
    private static final AuditEvent EVENT = AuditEvent.of(EventType.TAG_MOVED);

    private static final AuditEvent COUNT = AuditEvent.of(EventType.REFCOUNT_CHANGED);

    private final EventReader reader = new EventReader();

    @ParameterizedTest
    @EnumSource
    void understandsEachTypeOfTheContract(EventType type) {
        assertThat(read(EventSchemas.example(type)))
                .isInstanceOfSatisfying(
                        Reading.Event.class, event -> assertThat(event.type()).isEqualTo(type.text()));
    }

    @Test
    void readsWhatTheSearchNeeds() {
        var artifact = Sha256.of("ab".repeat(32));
        var event = EVENT.with("time", "2026-11-03T10:30:00.000001+01:00")
                .with("txid", "4711")
                .withData("artifact_id", artifact.hex());
        assertThat(read(event.text()))
                .isEqualTo(new Reading.Event(
                        EVENT.id(),
                        "dev.orchard.tag.moved.v1",
                        "project/apples/package/cider/tag/latest",
                        Instant.parse("2026-11-03T09:30:00.000001Z"),
                        4711L,
                        "admin",
                        "7f3d9f5e-2a51-4c1c-9a35-0a6c0f4c1b2d",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "apples",
                        "cider",
                        "latest",
                        artifact,
                        null));
    }

    @Test
    void readsTheLinkOfAChain() {
        String event = COUNT.text().replaceAll("\"(seq|before|after)\":\\s*[0-9]+", "\"$1\":7");
        assertThat(read(event))
                .isInstanceOfSatisfying(
                        Reading.Event.class,
                        reading -> assertThat(reading.link()).isEqualTo(new Reading.ChainLink(7, 7, 7)));
    }

    @Test
    void takesTypesAndMembersThatItDoesNotKnow() {
        assertThat(read(EVENT.with("type", "dev.orchard.epoch.closed.v9")
                        .with("extra", "x")
                        .text()))
                .isInstanceOf(Reading.Event.class);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("malformed")
    void marksWhatIsNoEvent(byte[] payload, String reason) {
        assertThat(reader.read(new Payload(payload))).isEqualTo(new Reading.Malformed(reason));
    }

    private static Stream<Arguments> malformed() {
        String notJson = "it is not JSON, or names a member twice";
        return Stream.of(
                row("", "it is empty"),
                Arguments.of(new byte[] {'{', (byte) 0xff, '}'}, "it is not UTF-8"),
                Arguments.of(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}, "it is not UTF-8"),
                Arguments.of(EVENT.text().getBytes(StandardCharsets.UTF_16LE), notJson),
                Arguments.of(new byte[5], notJson),
                row("\uFEFF" + EVENT.text(), notJson),
                row("{", notJson),
                row("{} {}", notJson),
                row("[".repeat(100_000), notJson),
                row("{\"id\":1,\"id\":2}", notJson),
                row("{\"n\":1" + "0".repeat(5_000) + "}", notJson),
                row("null", "it is not a JSON object"),
                row("[]", "it is not a JSON object"),
                row("{}", "it is not of CloudEvents 1.0"),
                row(EVENT.with("specversion", "0.3"), "it is not of CloudEvents 1.0"),
                row(EVENT.with("source", ""), "it has no source"),
                row(EVENT.with("type", null), "it has no type"),
                row(EVENT.with("id", null), "it has no id"),
                row(EVENT.with("id", "1-1-1-1-1"), "its id is not a UUID"),
                row(EVENT.with("time", "yesterday"), "its time is not one of RFC 3339"),
                row(EVENT.with("time", "-0001-01-01T00:00:00Z"), "its time is not of this era"),
                row(EVENT.with("time", "+999999999-01-01T00:00:00Z"), "its time is not of this era"),
                row(EVENT.with("subject", "s".repeat(1_025)), "its subject is longer than 1024 characters"),
                row(EVENT.with("actor", "a".repeat(257)), "its actor is longer than 256 characters"),
                row(EVENT.with("actor", "a\u0000b"), "its actor holds characters that no text has"),
                row(EVENT.text().replace("\"admin\"", "\"\\ud800\""), "its actor holds characters that no text has"),
                row(EVENT.text().replace("\"admin\"", "7"), "its actor is not a string"),
                row(EVENT.text().replace("\"apples\"", "[]"), "its project is not a string"),
                row(EVENT.withData("artifact_id", "abc"), "its artifact_id is not a digest"),
                row(EVENT.with("source", "/somebody"), "its source is not one that logs events"),
                row(EVENT.with("txid", null), "it does not name its transaction"),
                row(EVENT.with("txid", "-1"), "it does not name its transaction"),
                row(EVENT.with("txid", "007"), "it does not name its transaction"),
                row(EVENT.with("txid", "1" + "0".repeat(18)), "it does not name its transaction"),
                row(EVENT.with("source", "/orchard/audit"), "it names a transaction, and is not the database's"),
                row(COUNT.withData("artifact_id", null), "it does not name the artifact whose count changed"),
                row(COUNT.withData("seq", "1"), "its seq is no number of 64 bits"),
                row(COUNT.text().replaceAll("\"seq\":\\s*[0-9]+", "\"seq\":0"), "its seq is 0"),
                row(COUNT.text().replaceAll("\"seq\":\\s*[0-9]+", "\"seq\":1.5"), "its seq is no number of 64 bits"),
                row(COUNT.text().replaceAll("\"before\":\\s*[0-9]+", "\"before\":-1"), "its before is negative"));
    }

    private static Arguments row(AuditEvent event, String reason) {
        return row(event.text(), reason);
    }

    private static Arguments row(String payload, String reason) {
        return Arguments.of(payload.getBytes(StandardCharsets.UTF_8), reason);
    }

    private Reading read(String payload) {
        return reader.read(new Payload(payload.getBytes(StandardCharsets.UTF_8)));
    }
}
