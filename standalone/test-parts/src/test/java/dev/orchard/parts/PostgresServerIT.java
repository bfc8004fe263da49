package dev.orchard.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final Passwords PASSWORDS = Passwords.random();

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasCommittedWhenItIsKilledAndStartedAgain() throws Exception {
        try (var postgres = start()) {
            run(postgres, LoginRole.MIGRATOR, "SET ROLE orchard_owner; CREATE TABLE kept (n int)");
            run(postgres, LoginRole.MIGRATOR, "SET ROLE orchard_owner; INSERT INTO kept VALUES (7)");
            postgres.kill();
            postgres.restart();
            assertThat(query(postgres, LoginRole.MIGRATOR, "SELECT n FROM kept"))
                    .isEqualTo("7");
        }
    }

    @Test
    void writesThroughToTheDiskAndLogsForReplication() throws Exception {
        try (var postgres = start()) {
            assertThat(query(postgres, LoginRole.APP, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, LoginRole.APP, "SHOW wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void letsEachRoleDoWhatItIsForAndNoMore() throws Exception {
        try (var postgres = start()) {
            run(postgres, "orchard_audit", LoginRole.AUDIT_MIGRATOR, "SET ROLE orchard_audit_owner; CREATE TABLE t ()");
            assertThatThrownBy(() -> run(postgres, LoginRole.APP, "CREATE TABLE t ()"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> postgres.connect("orchard_audit", LoginRole.APP))
                    .hasMessageContaining("permission denied for database");
            assertThatThrownBy(() -> postgres.connect("orchard", LoginRole.AUDIT_APP))
                    .hasMessageContaining("permission denied for database");
            assertThat(query(
                            postgres,
                            LoginRole.AUDITOR,
                            "SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolreplication AND NOT rolsuper"))
                    .isEqualTo("orchard_capture");
        }
    }

    private PostgresServer start() throws IOException {
        return PostgresServer.start(folder, PASSWORDS);
    }

    private static void run(PostgresServer postgres, LoginRole role, String sql) throws SQLException {
        run(postgres, "orchard", role, sql);
    }

    private static void run(PostgresServer postgres, String database, LoginRole role, String sql) throws SQLException {
        try (Connection connection = postgres.connect(database, role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer postgres, LoginRole role, String sql) throws SQLException {
        try (Connection connection = postgres.connect("orchard", role);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
