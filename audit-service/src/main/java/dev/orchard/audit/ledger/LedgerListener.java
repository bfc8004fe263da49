package dev.orchard.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes the topic's records, all of them, in order; the batch's offsets are committed after its transaction. */
@Component
final class LedgerListener {
    static final String ID = "ledger";

    private static final String EVENT_ID_HEADER = "id";

    private final LedgerService ledger;

    LedgerListener(LedgerService ledger) {
        this.ledger = ledger;
    }

    @KafkaListener(id = ID, idIsGroup = false, topics = "orchard.ledger.v1")
    void listen(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        ledger.append(records.stream().map(LedgerListener::delivery).toList());
    }

    /** A record without a value has no bytes, and is kept as such. */
    private static Delivery delivery(ConsumerRecord<byte[], byte @Nullable []> kafka) {
        var payload = new Payload(Objects.requireNonNullElseGet(kafka.value(), () -> new byte[0]));
        return new Delivery(eventId(kafka), payload, Origin.kafka(kafka.partition(), kafka.offset()));
    }

    /** Debezium's outbox router writes the event's id into this header. */
    private static @Nullable UUID eventId(ConsumerRecord<?, ?> kafka) {
        var header = kafka.headers().lastHeader(EVENT_ID_HEADER);
        return header == null || header.value() == null
                ? null
                : EventReader.id(new String(header.value(), StandardCharsets.UTF_8));
    }
}
