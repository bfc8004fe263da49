package dev.orchard.infrastructure.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes the databases and roles of {@code docs/services.md}; what is there already stays, but for its password. */
final class Provisioning {
    private final Connection connection;
    private final Passwords passwords;

    Provisioning(Connection connection, Passwords passwords) {
        this.connection = connection;
        this.passwords = passwords;
    }

    void provision() throws SQLException {
        ownerRole("orchard_owner");
        ownerRole("orchard_audit_owner");
        for (LoginRole role : LoginRole.values()) {
            loginRole(role);
        }
        run("ALTER ROLE orchard_capture REPLICATION");
        run("GRANT orchard_owner TO orchard_migrator");
        run("GRANT orchard_audit_owner TO orchard_audit_migrator");
        run("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
        database("orchard", "orchard_owner", List.of(LoginRole.APP, LoginRole.CAPTURE, LoginRole.AUDITOR));
        database("orchard_audit", "orchard_audit_owner", List.of(LoginRole.AUDIT_APP));
    }

    private void ownerRole(String name) throws SQLException {
        if (!exists("SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
            run(formatted("CREATE ROLE %I NOLOGIN", name));
        }
    }

    private void loginRole(LoginRole role) throws SQLException {
        if (!exists("SELECT 1 FROM pg_roles WHERE rolname = ?", role.roleName())) {
            run(formatted("CREATE ROLE %I", role.roleName()));
        }
        run(formatted("ALTER ROLE %I LOGIN PASSWORD %L", role.roleName(), passwords.of(role)));
    }

    /** Nobody may even connect but the owner, its migrator, who is a member of it, and those named. */
    private void database(String name, String owner, List<LoginRole> guests) throws SQLException {
        if (!exists("SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            run(formatted("CREATE DATABASE %I OWNER %I", name, owner));
        }
        run(formatted("REVOKE ALL ON DATABASE %I FROM PUBLIC", name));
        for (LoginRole guest : guests) {
            run(formatted("GRANT CONNECT ON DATABASE %I TO %I", name, guest.roleName()));
        }
    }

    private boolean exists(String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The server quotes: such statements take no parameters. */
    private String formatted(String template, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT format(?, VARIADIC ?)")) {
            statement.setString(1, template);
            statement.setArray(2, connection.createArrayOf("text", values));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private void run(String statement) throws SQLException {
        try (Statement plain = connection.createStatement()) {
            plain.execute(statement);
        }
    }
}
