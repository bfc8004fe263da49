package dev.orchard.audit.log;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.TreeEdge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Signs the log, one replica at a time. The checkpoint in the store, written only if there is none of its number, is
 * what decides; the database's row follows it. Before each one the store is asked for the next number: whatever is there
 * must be a tree that this ledger contains, else the ledger is behind or another one, and nothing is signed.
 */
@Service
class SigningService {
    /** So that a long backlog comes under checkpoints bit by bit, and is not begun again after a crash. */
    private static final long MOST_LEAVES = 1 << 16;

    private final PostgresLogStore store;
    private final LogTreeService trees;
    private final CheckpointService checkpoints;
    private final LogStatusService status;
    private final LogMetrics metrics;
    private final Duration idleInterval;
    private final ReentrantLock alone = new ReentrantLock();
    private @Nullable Head head;

    SigningService(
            PostgresLogStore store,
            LogTreeService trees,
            CheckpointService checkpoints,
            LogStatusService status,
            LogMetrics metrics,
            LogSettings settings) {
        this.store = store;
        this.trees = trees;
        this.checkpoints = checkpoints;
        this.status = status;
        this.metrics = metrics;
        this.idleInterval = settings.idleInterval();
    }

    /** The tree at the latest checkpoint, 0 being the empty one before the first. */
    private record Head(long n, TreeEdge edge) {}

    /**
     * Signs what the ledger has beyond the latest checkpoint. When this returns, the checkpoint and all that it covers
     * are durable; when it throws, the same call may be made again.
     *
     * @param evenIfIdle also when nothing came but markers of epochs in which nothing happened
     */
    SigningOutcome sign(boolean evenIfIdle) {
        if (!alone.tryLock()) {
            return new SigningOutcome.Busy();
        }
        try {
            return store.alone(() -> signAlone(evenIfIdle)).orElseGet(SigningOutcome.Busy::new);
        } finally {
            alone.unlock();
        }
    }

    private SigningOutcome signAlone(boolean evenIfIdle) {
        try {
            var outcome = signNext(evenIfIdle);
            status.refuse(null);
            return outcome;
        } catch (LogRefusedException e) {
            status.refuse(e.reason());
            return new SigningOutcome.Refused(e.reason());
        }
    }

    private SigningOutcome signNext(boolean evenIfIdle) throws LogRefusedException {
        var latest = store.findLatest();
        latest.ifPresent(metrics::tell);
        long n = latest.map(SignedCheckpoint::n).orElse(0L);
        var edge = takeEdge(latest);
        long before = edge.size();
        long ledgerSize = store.ledgerSize();
        requireAsLong(ledgerSize, n, before);
        var found = checkpoints.find(n + 1);
        if (found.isPresent()) {
            adopt(n + 1, found.get(), edge, ledgerSize);
        } else if (!isDue(latest, ledgerSize, evenIfIdle)) {
            head = new Head(n, edge);
            return new SigningOutcome.Current();
        } else {
            trees.grow(edge, Math.min(ledgerSize, before + MOST_LEAVES));
            if (!checkpoints.sign(n + 1, edge)) {
                return new SigningOutcome
                        .Busy(); // a replica that has lost its lock was faster: the next call adopts it
            }
        }
        head = new Head(n + 1, edge);
        store.findLatest().ifPresent(metrics::tell);
        metrics.count(edge.size() - before);
        return new SigningOutcome.Signed(edge.size() - before, edge.size() < ledgerSize);
    }

    /** Whatever fails from here on, the tree is loaded anew for the next try. */
    private TreeEdge takeEdge(Optional<SignedCheckpoint> latest) throws LogRefusedException {
        var known = head;
        head = null;
        if (latest.isEmpty()) {
            return TreeEdge.empty();
        }
        if (known != null && known.n == latest.get().n()) {
            return known.edge;
        }
        checkpoints.require(latest.get());
        return trees.load(latest.get());
    }

    /** Takes over a checkpoint that has no row, because a crash came between, if this ledger contains its tree. */
    private void adopt(long n, CheckpointService.Found found, TreeEdge edge, long ledgerSize)
            throws LogRefusedException {
        Checkpoint there = found.checkpoint();
        String forked = "the store has checkpoint " + n + " over " + there.size()
                + " records, and this ledger does not hold them: ";
        if (there.size() > ledgerSize) {
            throw new LogRefusedException(forked + "it ends at position " + ledgerSize);
        }
        if (there.size() <= edge.size()) {
            throw new LogRefusedException(forked + "the checkpoint before it covers " + edge.size());
        }
        try {
            trees.grow(edge, there.size());
        } catch (LogRefusedException e) {
            throw new LogRefusedException(forked + e.reason());
        }
        if (!edge.root().equals(there.root())) {
            throw new LogRefusedException(forked + "its own have another root");
        }
        store.add(n, there, found.note());
    }

    private boolean isDue(Optional<SignedCheckpoint> latest, long ledgerSize, boolean evenIfIdle) {
        long size = latest.map(SignedCheckpoint::size).orElse(0L);
        return ledgerSize > size
                && (evenIfIdle
                        || latest.isEmpty()
                        || store.holdsNewsAfter(size)
                        || latest.get().signedAt().plus(idleInterval).isBefore(Instant.now()));
    }

    private static void requireAsLong(long ledgerSize, long n, long size) throws LogRefusedException {
        if (ledgerSize < size) {
            throw new LogRefusedException("the ledger ends at position " + ledgerSize + ", and checkpoint " + n
                    + " covers " + size + " records: the database is older than the log");
        }
    }
}
