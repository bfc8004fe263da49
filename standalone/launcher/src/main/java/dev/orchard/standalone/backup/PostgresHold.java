package dev.orchard.standalone.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a service does only while nobody holds this: an advisory lock of a session, which ends with the session, however
 * that ends.
 *
 * @param key what the services hash to the lock's number
 */
record PostgresHold(Connection connection, String key) {
    /** {@code DeletionService} takes no object from the queue. */
    static final String DELETIONS = "orchard.deletion";

    /** {@code SigningService} signs no checkpoint. */
    static final String SIGNING = "audit.log";

    /** Returns when whoever was at it has come to its end, and nobody begins any more. */
    void begin() throws SQLException {
        run("pg_advisory_lock");
    }

    void end() throws SQLException {
        run("pg_advisory_unlock");
    }

    /** @throws BackupException if the session ended, and the hold with it */
    void requireHeld() throws SQLException, BackupException {
        if (!connection.isValid(10)) {
            throw new BackupException("the database went away while its backup was made: it is none, begin again");
        }
    }

    private void run(String function) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT " + function + "(hashtext('" + key + "'))");
        }
    }
}
