package dev.orchard.audit.log;

import dev.orchard.transparency.Hash;
import dev.orchard.transparency.InclusionProof;
import dev.orchard.transparency.LogProof;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Proves that an event is in the log, from the tiles in the store alone; what does not prove it is not given out. */
@Service
class ProofService {
    private final PostgresLogStore store;
    private final StoredTiles tiles;
    private final SigningService signing;

    ProofService(PostgresLogStore store, StoredTiles tiles, SigningService signing) {
        this.store = store;
        this.tiles = tiles;
        this.signing = signing;
    }

    /** The proof under the latest checkpoint, which is signed now if none covers the event. */
    ProofOutcome prove(UUID eventId) {
        var found = store.findRecord(eventId);
        if (found.isEmpty()) {
            return new ProofOutcome.Unknown();
        }
        var covering = findCovering(found.get());
        if (covering.isEmpty()) {
            if (signing.sign(true) instanceof SigningOutcome.Refused(String reason)) {
                return new ProofOutcome.Refused(reason);
            }
            covering = findCovering(found.get());
        }
        return covering.map(checkpoint -> prove(found.get(), checkpoint)).orElseGet(ProofOutcome.NotCovered::new);
    }

    private Optional<SignedCheckpoint> findCovering(LedgerRecord sought) {
        return store.findLatest().filter(checkpoint -> checkpoint.covers(sought));
    }

    private ProofOutcome prove(LedgerRecord sought, SignedCheckpoint checkpoint) {
        try {
            var proof = InclusionProof.of(tiles, sought.index(), checkpoint.size());
            return proof.leads(Hash.leaf(sought.payload()), checkpoint.size(), checkpoint.root())
                    ? new ProofOutcome.Proven(new LogProof(proof, checkpoint.note()).text())
                    : new ProofOutcome.Refused("the tiles of the log do not lead from the ledger's record at position "
                            + sought.position() + " to the root of checkpoint " + checkpoint.n());
        } catch (IllegalArgumentException e) {
            return new ProofOutcome.Refused("a tile of the log is damaged: " + e.getMessage());
        }
    }
}
