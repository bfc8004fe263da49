package dev.orchard.system;

import java.sql.Connection;
import java.sql.SQLException;

/** A running Orchard as tests look at it, wherever it runs. */
interface Orchard {
    OrchardClient client();

    /** The metadata service's database, or the audit service's, as somebody with psql. */
    Connection database(String name) throws SQLException;
}
