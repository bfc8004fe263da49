package dev.orchard.audit.ledger;

import java.util.List;

/**
 * What a batch added to the ledger.
 *
 * @param conflicts how many payloads came under the id of another one, and not before
 */
record Additions(List<LedgerEntry> entries, int conflicts) {}
