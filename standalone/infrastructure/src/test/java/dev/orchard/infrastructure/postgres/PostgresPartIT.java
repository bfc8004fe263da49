package dev.orchard.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.RunningPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPartIT {
    private static final Passwords PASSWORDS = Passwords.random();

    @TempDir
    Path folder;

    private PostgresPart part;

    @Test
    void startsOverAProcessIdThatBelongsToSomeoneElseNow() throws Exception {
        start().close();
        Process someone = new ProcessBuilder("sleep", "600").start();
        Files.writeString(folder.resolve("data/postmaster.pid"), someone.pid() + "\n" + folder.resolve("data") + "\n");
        try (var running = start()) {
            assertThat(query(LoginRole.APP, "SELECT current_user")).isEqualTo("orchard_app");
        } finally {
            someone.destroyForcibly();
        }
    }

    @Test
    void startsOverAFirstStartThatWasCutOff() throws Exception {
        Files.createDirectories(folder.resolve("data.new/base"));
        try (var running = start()) {
            assertThat(query(LoginRole.APP, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void takesNewPasswordsAtTheNextStart() throws Exception {
        start().close();
        Passwords next = withSuperuserOf(PASSWORDS, Passwords.random());
        try (var running = start(next)) {
            assertThat(query(LoginRole.APP, "SELECT 1")).isEqualTo("1");
        }
    }

    private RunningPart start() throws IOException {
        return start(PASSWORDS);
    }

    private RunningPart start(Passwords passwords) throws IOException {
        part = new PostgresPart(
                PostgresBinaries.sharedCache(), folder, folder.resolve("postgresql.log"), Ports.free(), passwords);
        return RunningPart.start(part);
    }

    private static Passwords withSuperuserOf(Passwords old, Passwords fresh) {
        var byRole = new EnumMap<>(fresh.byRole());
        byRole.put(LoginRole.SUPERUSER, old.of(LoginRole.SUPERUSER));
        return new Passwords(byRole);
    }

    private String query(LoginRole role, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        part.jdbcUrl("orchard"),
                        role.roleName(),
                        part.passwords().of(role));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
