package dev.orchard.metadata;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.parts.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import org.flywaydb.core.Flyway;

/** One real PostgreSQL for all tests of this JVM, migrated as the service migrates it, gone with its folder at the end. */
public final class TestDatabase {
    private static final PostgresServer SERVER = start();

    private TestDatabase() {}

    public static PostgresServer server() {
        return SERVER;
    }

    /** As the role with which the service works. */
    public static Connection app() throws SQLException {
        return SERVER.connect("orchard", LoginRole.APP);
    }

    /** As somebody with psql. */
    public static Connection superuser() throws SQLException {
        return SERVER.connect("orchard", LoginRole.SUPERUSER);
    }

    /** Makes the schema in a database of that server. */
    public static void migrate(String database) {
        Flyway.configure()
                .dataSource(
                        SERVER.jdbcUrl(database), LoginRole.MIGRATOR.roleName(), SERVER.password(LoginRole.MIGRATOR))
                .defaultSchema("orchard")
                .initSql("SET ROLE orchard_owner")
                .load()
                .migrate();
    }

    private static PostgresServer start() {
        try {
            Path folder = Files.createTempDirectory("orchard-metadata-test");
            PostgresServer server = PostgresServer.start(folder.resolve("data"), Passwords.random());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(folder);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static {
        migrate("orchard");
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
