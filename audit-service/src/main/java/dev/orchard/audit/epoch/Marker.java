package dev.orchard.audit.epoch;

import dev.orchard.support.naming.Sha256;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the event {@code dev.orchard.epoch.closed.v1} says.
 *
 * @param epoch dense from 1
 * @param total the events of all epochs so far, this one included
 * @param previous the marker of the epoch before; null for the first
 */
record Marker(
        long epoch,
        TxidRange range,
        Tally tally,
        long total,
        @Nullable UUID previous) {
    static final String TYPE = "dev.orchard.epoch.closed.v1";

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a marker; empty where the event is none, whatever its type says. */
    static Optional<Marker> read(String event) {
        try {
            var marker = of(JSON.readTree(event).path("data"));
            boolean possible = marker.epoch > 0
                    && marker.range.from() <= marker.range.to()
                    && marker.range.from() >= 0
                    && marker.tally.events() >= 0;
            return possible ? Optional.of(marker) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Marker of(JsonNode data) {
        var previous = data.path("previous");
        return new Marker(
                data.path("epoch").asLong(),
                new TxidRange(txid(data, "from_txid"), txid(data, "to_txid")),
                new Tally(
                        data.path("events").asLong(),
                        Sha256.of(data.path("sha256").asString())),
                data.path("total").asLong(),
                previous.isNull() ? null : UUID.fromString(previous.asString()));
    }

    private static long txid(JsonNode data, String name) {
        return Long.parseLong(data.path(name).asString());
    }
}
