package dev.orchard.infrastructure.postgres;

import dev.orchard.infrastructure.process.Child;
import dev.orchard.infrastructure.process.Folders;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A PostgreSQL cluster with Orchard's databases and roles in it.
 *
 * @param binaries the folder that keeps PostgreSQL's programs
 * @param folder holds the cluster in {@code data}
 */
public record PostgresPart(Path binaries, Path folder, Path log, int port, Passwords passwords) implements Part {
    private static final Duration TIME_TO_LEAVE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void prepare() throws IOException {
        if (Files.isDirectory(data())) {
            Postmaster.clearTraces(data(), TIME_TO_LEAVE);
        } else {
            initialize();
        }
    }

    /** In a folder beside it, which gets its name when it is whole: a cut-off first start is no cluster. */
    private void initialize() throws IOException {
        Path fresh = folder.resolve("data.new");
        Path password = folder.resolve("password");
        Folders.delete(fresh);
        Files.createDirectories(folder);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, passwords.of(LoginRole.SUPERUSER));
            Child initdb = Child.spawn(initdb(fresh, password));
            if (initdb.exitCode() != 0) {
                throw new IOException("initdb failed, see " + log);
            }
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private Program initdb(Path fresh, Path password) throws IOException {
        List<String> command = List.of(
                PostgresBinaries.in(binaries).program("initdb").toString(),
                "-D",
                fresh.toString(),
                "-U",
                LoginRole.SUPERUSER.roleName(),
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--data-checksums");
        return new Program("initdb", Program.Kind.POSTGRES, command, Map.of(), log);
    }

    @Override
    public Program program() throws IOException {
        Path postgres = PostgresBinaries.in(binaries).program("postgres");
        return new Program(name(), Program.Kind.POSTGRES, command(postgres), Map.of(), log);
    }

    /** max_slot_wal_keep_size: the database outranks whoever reads its log too slowly. */
    private List<String> command(Path postgres) {
        Stream<String> settings = Stream.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "wal_level=logical",
                "max_slot_wal_keep_size=2GB",
                "shared_buffers=64MB",
                "max_wal_size=256MB",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC");
        return Stream.concat(
                        Stream.of(postgres.toString(), "-D", data().toString()),
                        settings.flatMap(setting -> Stream.of("-c", setting)))
                .toList();
    }

    @Override
    public Probe probe() {
        return () -> {
            try (var connection = connect("postgres")) {
                return connection.isValid(2);
            } catch (SQLException e) {
                return false;
            }
        };
    }

    @Override
    public void settle() throws IOException {
        try (var connection = connect("postgres")) {
            new Provisioning(connection, passwords).provision();
        } catch (SQLException e) {
            throw new IOException("the databases and roles cannot be made: " + e.getMessage(), e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LoginRole.SUPERUSER.roleName());
        properties.setProperty("password", passwords.of(LoginRole.SUPERUSER));
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    /** Where a database of this cluster is reached. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String toString() {
        return name() + " in " + folder;
    }
}
