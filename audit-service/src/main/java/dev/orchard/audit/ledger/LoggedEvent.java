package dev.orchard.audit.ledger;

import java.util.UUID;

/**
 * An event as the database logged it.
 *
 * @param payload its text, whose UTF-8 bytes are the event
 */
public record LoggedEvent(UUID id, String payload) {}
