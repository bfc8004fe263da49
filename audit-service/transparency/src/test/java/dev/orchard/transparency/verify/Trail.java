package dev.orchard.transparency.verify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Entries as Orchard's ledger would hold them: a test's own database, whose clock is the transaction. */
final class Trail {
    private final Random random;
    private final List<byte[]> entries = new ArrayList<>();
    private final List<Logged> open = new ArrayList<>();
    private long txid = 700;
    private long closedTo = 700;
    private long epoch;
    private long total;
    private UUID previous;

    Trail(Random random) {
        this.random = random;
    }

    /** An event that is in the database, whether the ledger has it or not. */
    record Logged(UUID id, long txid, byte[] bytes) {}

    List<byte[]> entries() {
        return entries;
    }

    /** Logs some events, each in a transaction of its own, and the ledger has them. */
    Trail log(int count) {
        for (int i = 0; i < count; i++) {
            txid++;
            entries.add(event().bytes());
        }
        return this;
    }

    /** The ledger gets records that are no events, and short. */
    Trail note(int count) {
        for (int i = 0; i < count; i++) {
            entries.add(("note " + entries.size()).getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Logs an event in the transaction before, and leaves it to the caller whether and where the ledger has it. */
    Logged event() {
        var id = id();
        return logged(
                id,
                event(
                        "\"%s\",\"source\":\"/orchard/metadata\",\"type\":\"dev.orchard.tag.deleted.v1\",\"txid\":\"%d\""
                                .formatted(id, txid),
                        "{}"));
    }

    /** Closes the epoch, and the ledger has its marker. */
    Trail close() {
        entries.add(marker().bytes());
        return this;
    }

    /** Closes the epoch, and leaves it to the caller whether and where the ledger has its marker. */
    Logged marker() {
        long from = closedTo;
        closedTo = ++txid;
        total += open.size();
        String data = marker(++epoch, from, closedTo, open.size(), sha256(open), total, previous);
        open.clear();
        previous = id();
        return logged(previous, markerEvent(previous, closedTo, data));
    }

    /** The audit service disclaims an entry. */
    Trail disclaim(int index, UUID id) {
        String data = "{\"event_id\":\"%s\",\"position\":%d,\"payload_sha256\":\"%s\"}"
                .formatted(id, index + 1, HexFormat.of().formatHex(sha256(entries.get(index))));
        String attributes = "\"%s\",\"source\":\"/orchard/audit\",\"type\":\"dev.orchard.ledger.ghost.v1\"";
        entries.add(event(attributes.formatted(id()), data));
        return this;
    }

    /** The database goes back to where another one stood; the ledger does not. */
    Trail setBackTo(Trail earlier) {
        txid = earlier.txid;
        closedTo = earlier.closedTo;
        epoch = earlier.epoch;
        total = earlier.total;
        previous = earlier.previous;
        open.clear();
        open.addAll(earlier.open);
        return this;
    }

    /** Where the database stands now. */
    Trail standing() {
        return new Trail(random).setBackTo(this);
    }

    static String marker(long epoch, long from, long to, long events, byte[] sha256, long total, UUID previous) {
        return ("{\"epoch\":%d,\"from_txid\":\"%d\",\"to_txid\":\"%d\",\"events\":%d,\"sha256\":\"%s\",\"total\":%d,"
                        + "\"previous\":%s}")
                .formatted(
                        epoch,
                        from,
                        to,
                        events,
                        HexFormat.of().formatHex(sha256),
                        total,
                        previous == null ? "null" : "\"" + previous + "\"");
    }

    static byte[] markerEvent(UUID id, long txid, String data) {
        return event(
                "\"%s\",\"source\":\"/orchard/metadata\",\"type\":\"dev.orchard.epoch.closed.v1\",\"txid\":\"%d\""
                        .formatted(id, txid),
                data);
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    static byte[] sha256(List<Logged> events) {
        var bytes = new ByteArrayOutputStream();
        events.stream()
                .sorted(Comparator.comparing(event -> event.id().toString()))
                .forEach(event -> {
                    bytes.writeBytes(ByteBuffer.allocate(16)
                            .putLong(event.id().getMostSignificantBits())
                            .putLong(event.id().getLeastSignificantBits())
                            .array());
                    bytes.writeBytes(sha256(event.bytes()));
                });
        return sha256(bytes.toByteArray());
    }

    private Logged logged(UUID id, byte[] bytes) {
        var logged = new Logged(id, txid, bytes);
        open.add(logged);
        return logged;
    }

    private static byte[] event(String attributes, String data) {
        return ("{\"specversion\":\"1.0\",\"time\":\"2026-11-03T09:30:11.123456Z\",\"id\":" + attributes + ",\"data\":"
                        + data + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
