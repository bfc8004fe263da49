package dev.orchard.infrastructure.postgres;

import dev.orchard.infrastructure.process.RunningPart;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A running PostgreSQL with Orchard's databases and roles, for tests. */
public final class PostgresServer implements AutoCloseable {
    private final PostgresPart part;
    private final RunningPart running;

    private PostgresServer(PostgresPart part, RunningPart running) {
        this.part = part;
        this.running = running;
    }

    /** Over the cluster in the folder, or a new one; returns when it answers and all roles are there. */
    public static PostgresServer start(Path folder, int port, Passwords passwords) throws IOException {
        PostgresPart part = new PostgresPart(
                PostgresBinaries.sharedCache(), folder, folder.resolve("postgresql.log"), port, passwords);
        return new PostgresServer(part, RunningPart.start(part));
    }

    public int port() {
        return part.port();
    }

    public long pid() {
        return running.pid();
    }

    public Passwords passwords() {
        return part.passwords();
    }

    public String password(LoginRole role) {
        return part.passwords().of(role);
    }

    public String jdbcUrl(String database) {
        return part.jdbcUrl(database);
    }

    public Connection connect(String database, LoginRole role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), role.roleName(), password(role));
    }

    /** kill -9 to the server; its folder can be started again at once. */
    public void kill() {
        running.kill();
    }

    @Override
    public void close() {
        running.close();
    }
}
