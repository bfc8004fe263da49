package dev.orchard.audit.log;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** The checkpoints' table, and the ledger's as the log reads it. */
@Component
final class PostgresLogStore {
    private static final String CHECKPOINT = "SELECT n, size, root, note, signed_at FROM audit.checkpoint";

    private final JdbcClient jdbc;
    private final DataSource database;

    PostgresLogStore(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /**
     * Does work that one replica at a time may do; empty if another is at it. It holds a connection, and no transaction:
     * the work may take as long as the store that it writes to.
     */
    <T> Optional<T> alone(Supplier<T> work) {
        try (Connection connection = database.getConnection()) {
            var session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            if (!lock(session, "pg_try_advisory_lock")) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                lock(session, "pg_advisory_unlock");
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("the log cannot be locked", e);
        }
    }

    Optional<SignedCheckpoint> findLatest() {
        return jdbc.sql(CHECKPOINT + " ORDER BY n DESC LIMIT 1")
                .query((row, number) -> checkpoint(row))
                .optional();
    }

    Optional<SignedCheckpoint> find(long n) {
        return jdbc.sql(CHECKPOINT + " WHERE n = :n")
                .param("n", n)
                .query((row, number) -> checkpoint(row))
                .optional();
    }

    /** Adds a checkpoint, which another replica may have added as well: it is the same one then. */
    void add(long n, Checkpoint checkpoint, String note) {
        jdbc.sql("""
                        INSERT INTO audit.checkpoint (n, size, root, note) VALUES (:n, :size, :root, :note)
                        ON CONFLICT (n) DO NOTHING
                        """)
                .param("n", n)
                .param("size", checkpoint.size())
                .param("root", checkpoint.root().bytes())
                .param("note", note)
                .update();
    }

    /** How many records the ledger holds: the position of the last one. */
    long ledgerSize() {
        return jdbc.sql("SELECT coalesce(max(position), 0) FROM audit.ledger")
                .query(Long.class)
                .single();
    }

    /** Whether anything came after a position but markers of epochs in which nothing happened. */
    boolean holdsNewsAfter(long position) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM audit.ledger l
                                       WHERE position > :position
                                         AND (type IS DISTINCT FROM 'dev.orchard.epoch.closed.v1'
                                              OR EXISTS (SELECT FROM audit.epoch e
                                                         WHERE e.position = l.position AND e.events > 1)))
                        """).param("position", position).query(Boolean.class).single();
    }

    /** The records at the positions from the one after {@code after} to {@code last}, in order; without those that lack. */
    List<LedgerRecord> records(long after, long last) {
        return jdbc.sql("""
                        SELECT position, payload FROM audit.ledger
                        WHERE position > :after AND position <= :last
                        ORDER BY position
                        """)
                .param("after", after)
                .param("last", last)
                .query((row, number) -> ledgerRecord(row))
                .list();
    }

    /** The event's record; the last one where several came under its id. */
    Optional<LedgerRecord> findRecord(UUID eventId) {
        return jdbc.sql("""
                        SELECT position, payload FROM audit.ledger WHERE event_id = :id ORDER BY position DESC LIMIT 1
                        """)
                .param("id", eventId)
                .query((row, number) -> ledgerRecord(row))
                .optional();
    }

    private static boolean lock(JdbcClient session, String function) {
        return session.sql("SELECT " + function + "(hashtext('audit.log'))")
                .query(Boolean.class)
                .single();
    }

    private static LedgerRecord ledgerRecord(ResultSet row) throws SQLException {
        return new LedgerRecord(row.getLong("position"), row.getBytes("payload"));
    }

    private static SignedCheckpoint checkpoint(ResultSet row) throws SQLException {
        return new SignedCheckpoint(
                row.getLong("n"),
                row.getLong("size"),
                Hash.of(row.getBytes("root")),
                row.getString("note"),
                row.getObject("signed_at", OffsetDateTime.class).toInstant());
    }
}
