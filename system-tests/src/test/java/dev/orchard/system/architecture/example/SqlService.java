package dev.orchard.system.architecture.example;

import java.sql.Connection;
import java.sql.SQLException;

/** Breaks a rule on purpose: SQL outside of a store. */
public class SqlService {
    public boolean isClosed(Connection connection) throws SQLException {
        return connection.isClosed();
    }
}
