package dev.orchard.audit.log;

import dev.orchard.transparency.EntryBundle;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TreeEdge;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Grows the tree from the ledger's records and keeps its tiles and bundles of entries. Each step can be taken again:
 * what is kept already must have the same bytes, so that a crash leaves nothing to repair.
 */
@Service
class LogTreeService {
    private final PostgresLogStore ledger;
    private final LogBlobClient blobs;
    private final StoredTiles tiles;

    LogTreeService(PostgresLogStore ledger, LogBlobClient blobs, StoredTiles tiles) {
        this.ledger = ledger;
        this.blobs = blobs;
        this.tiles = tiles;
    }

    /** The right edge of the tree at a checkpoint, as the store holds it. */
    TreeEdge load(SignedCheckpoint checkpoint) throws LogRefusedException {
        try {
            var edge = TreeEdge.restore(checkpoint.size(), tiles);
            if (edge.root().equals(checkpoint.root())) {
                return edge;
            }
        } catch (IllegalArgumentException e) {
            throw new LogRefusedException(
                    "the store's tree at checkpoint " + checkpoint.n() + " is damaged: " + e.getMessage());
        }
        throw new LogRefusedException("the store's tree at checkpoint " + checkpoint.n() + " does not have its root:"
                + " a tile at its right edge was changed");
    }

    /** Grows the tree up to {@code size} entries; all of its pieces are durable when this returns. */
    void grow(TreeEdge edge, long size) throws LogRefusedException {
        var pieces = new PieceWriter(blobs);
        for (long bundle = edge.size() / TilePath.FULL; bundle * TilePath.FULL < size; bundle++) {
            growBy(edge, bundle, size, pieces);
        }
        for (var tile : edge.partialTiles()) {
            pieces.keep(tile.path(), tile.bytes());
        }
        pieces.flush();
    }

    private void growBy(TreeEdge edge, long bundle, long size, PieceWriter pieces) throws LogRefusedException {
        long first = bundle * TilePath.FULL;
        var entries = entries(first, Math.min(size, first + TilePath.FULL));
        var hashes = entries.stream().map(Hash::leaf).toList();
        int known = (int) (edge.size() - first);
        requireKnown(edge, hashes.subList(0, known), first);
        pieces.keep(new TilePath(TilePath.ENTRIES, bundle, entries.size()), EntryBundle.encode(entries));
        for (Hash leaf : hashes.subList(known, hashes.size())) {
            for (Tile tile : edge.append(leaf)) {
                pieces.keep(tile.path(), tile.bytes());
            }
        }
    }

    private List<byte[]> entries(long from, long to) throws LogRefusedException {
        var entries = new ArrayList<byte[]>();
        for (var next : ledger.records(from, to)) {
            if (next.index() != from + entries.size()) {
                break;
            }
            entries.add(next.payload());
        }
        if (entries.size() < to - from) {
            throw new LogRefusedException("the ledger has no record at position " + (from + entries.size() + 1));
        }
        return entries;
    }

    /** The records that share their bundle with new ones are read again anyway: they must be the ones that were signed. */
    private static void requireKnown(TreeEdge edge, List<Hash> hashes, long first) throws LogRefusedException {
        if (hashes.isEmpty()) {
            return;
        }
        var signed = edge.partialTiles().getFirst().hashes();
        for (int i = 0; i < hashes.size(); i++) {
            if (!hashes.get(i).equals(signed.get(i))) {
                throw new LogRefusedException("the ledger's record at position " + (first + i + 1)
                        + " is not the one that the log has there");
            }
        }
    }
}
