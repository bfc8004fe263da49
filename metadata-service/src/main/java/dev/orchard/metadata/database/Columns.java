package dev.orchard.metadata.database;

import dev.orchard.support.naming.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The columns whose types JDBC does not know: times are {@code timestamptz}, digests 32 bytes of {@code bytea}. */
public final class Columns {
    private Columns() {}

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static Sha256 sha256(ResultSet row, String column) throws SQLException {
        return Sha256.of(row.getBytes(column));
    }

    /** A parameter of type {@code bytea[]}. */
    public static byte[][] array(Collection<Sha256> digests) {
        return digests.stream().map(Sha256::bytes).toArray(byte[][]::new);
    }
}
