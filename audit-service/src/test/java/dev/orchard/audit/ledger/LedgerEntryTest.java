package dev.orchard.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.events.EventType;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private final AuditEvent event = AuditEvent.of(EventType.TAG_CREATED);

    @Test
    void takesTheIdOfTheHeaderFirst() {
        var id = UUID.randomUUID();
        assertThat(entry(id, "no event").eventId()).isEqualTo(id);
    }

    @Test
    void takesTheIdOfTheEventWhereThereIsNoHeader() {
        assertThat(entry(null, event.text()).eventId()).isEqualTo(event.id());
    }

    @Test
    void derivesTheSameIdFromTheSameBytesWhereThereIsNone() {
        assertThat(entry(null, "no event").eventId())
                .isEqualTo(entry(null, "no event").eventId())
                .isNotEqualTo(entry(null, "another").eventId());
    }

    @Test
    void withholdsAnEventWhoseIdIsNotTheHeaders() {
        var entry = entry(UUID.randomUUID(), event.text());
        assertThat(entry.reading()).isEqualTo(new Reading.Malformed("its id is not the one in the record's header"));
        assertThat(entry.withheld()).isNotNull();
        assertThat(new String(entry.payload().bytes(), StandardCharsets.UTF_8)).startsWith("{\"withheld\":");
    }

    private static LedgerEntry entry(@Nullable UUID claimedId, String payload) {
        var delivery = new Delivery(claimedId, new Payload(payload), Origin.kafka(0, 0));
        return LedgerEntry.of(delivery, new EventReader().read(delivery.payload()));
    }
}
