package dev.orchard.parts;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.infrastructure.postgres.PostgresBinaries;
import dev.orchard.infrastructure.postgres.PostgresPart;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.images.builder.Transferable;

/** A running PostgreSQL with Orchard's databases and roles. */
public final class PostgresServer implements AutoCloseable {
    private static final int PORT = 5432;

    private final Server server;
    private final Passwords passwords;

    private PostgresServer(Server server, Passwords passwords) {
        this.server = server;
        this.passwords = passwords;
    }

    /** A new one, in the folder if it is embedded; returns when it answers and all roles are there. */
    public static PostgresServer start(Path folder, Passwords passwords) throws IOException {
        Server server = switch (Provider.chosen()) {
            case EMBEDDED -> new EmbeddedServer(part(folder, passwords));
            case CONTAINERS -> container(passwords);
        };
        return new PostgresServer(server, passwords);
    }

    private static PostgresPart part(Path folder, Passwords passwords) throws IOException {
        return new PostgresPart(
                PostgresBinaries.sharedCache(), folder, folder.resolve("postgresql.log"), Ports.free(), passwords);
    }

    /** The image runs what lies in its folder once, before it accepts connections over TCP. */
    private static Server container(Passwords passwords) throws IOException {
        var server = new ContainerServer(Image.POSTGRES, PORT);
        var container = server.container();
        container
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_slot_wal_keep_size=2GB")
                .withEnv("POSTGRES_PASSWORD_FILE", secret(LoginRole.SUPERUSER))
                .withEnv("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --locale=C.UTF-8")
                .withCopyFileToContainer(
                        server.file("postgresql/provision.sh"), "/docker-entrypoint-initdb.d/provision.sh");
        passwords
                .byRole()
                .forEach((role, password) ->
                        container.withCopyToContainer(Transferable.of(password, 0644), secret(role)));
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?connectTimeout=2";
        return server.start(() -> {
            try (var connection = DriverManager.getConnection(url, "postgres", passwords.of(LoginRole.SUPERUSER))) {
                return connection.isValid(2);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private static String secret(LoginRole role) {
        return "/run/secrets/" + role.roleName();
    }

    public int port() {
        return server.port();
    }

    /** How Connect reaches it. */
    public String peerHost() {
        return server.peerHost();
    }

    public int peerPort() {
        return server.peerPort();
    }

    public Passwords passwords() {
        return passwords;
    }

    public String password(LoginRole role) {
        return passwords.of(role);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public Connection connect(String database, LoginRole role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), role.roleName(), password(role));
    }

    /** kill -9 to the server. */
    public void kill() {
        server.kill();
    }

    /** After a kill: over the same data, on the same port. */
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
