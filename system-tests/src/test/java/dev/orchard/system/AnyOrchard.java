package dev.orchard.system;

import java.sql.Connection;
import java.sql.SQLException;

/** An Orchard that runs, however it was started. */
interface AnyOrchard {
    OrchardClient client();

    /** The metadata service's database, or the audit service's, as somebody with psql. */
    Connection database(String name) throws SQLException;
}
