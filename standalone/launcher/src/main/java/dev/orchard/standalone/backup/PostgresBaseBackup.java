package dev.orchard.standalone.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of PostgreSQL's files while it runs, by its low-level backup functions: what was written meanwhile is in the
 * write-ahead log, which comes last and is replayed at the first start. All databases are as of the moment of
 * {@link #stop()}.
 */
final class PostgresBaseBackup {
    /** As pg_basebackup does: the folders stay, what is in them belongs to the process that runs. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Pattern LEFT_OUT =
            Pattern.compile("postmaster\\.(pid|opts)|backup_label.*|tablespace_map.*|pgsql_tmp.*|pg_internal\\.init.*");
    private static final Pattern FIRST_SEGMENT = Pattern.compile("START WAL LOCATION: .* \\(file ([0-9A-F]{24})\\)");
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final String CONTROL = "global/pg_control";
    private static final long SEGMENTS_OF_A_LOG = 256;

    private final Connection connection;
    private final Path data;
    private final String prefix;
    private final BackupFolder backup;

    /**
     * @param connection of a superuser, which nobody else uses until all is done
     * @param data the cluster's folder
     * @param name the folder's name in the backup
     */
    PostgresBaseBackup(Connection connection, Path data, String name, BackupFolder backup) {
        this.connection = connection;
        this.data = data;
        this.prefix = name + "/";
        this.backup = backup;
    }

    /** From now on PostgreSQL keeps what it logs; the slot goes with the connection. */
    void start() throws SQLException {
        one("SELECT pg_create_physical_replication_slot('orchard_backup_' || pg_backend_pid(), true, true)");
        one("SELECT pg_backup_start('orchard backup', true)");
    }

    /** Also torn pages and half of what happens meanwhile: the log puts all of it right. */
    void copyFiles() throws IOException {
        Files.walkFileTree(data, new LivingTree() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                String name = data.relativize(folder).toString();
                if (LEFT_OUT.matcher(folder.getFileName().toString()).matches()) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                backup.addFolder(name.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + name);
                return EMPTIED.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = data.relativize(file).toString();
                if (!LEFT_OUT.matcher(file.getFileName().toString()).matches() && !name.equals(CONTROL)) {
                    backup.copy(file, prefix + name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        backup.copy(data.resolve(CONTROL), prefix + CONTROL);
    }

    /** The moment that the backup holds has passed when this returns. */
    Stopped stop() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_walfile_name(lsn), labelfile, clock_timestamp() FROM pg_backup_stop(false)")) {
            row.next();
            return new Stopped(
                    row.getString(1),
                    row.getString(2),
                    row.getTimestamp(3).toInstant().toString());
        }
    }

    /** The last segment of the log that is needed, the label of the backup, and when it was. */
    record Stopped(String lastSegment, String label, String at) {
        String firstSegment() throws IOException {
            Matcher first = FIRST_SEGMENT.matcher(label);
            if (!first.find()) {
                throw new IOException("PostgreSQL's label of the backup names no segment: " + label);
            }
            return first.group(1);
        }
    }

    /** @throws BackupException if a part of the log is gone, because more was written than PostgreSQL keeps for us */
    void copyLog(Stopped stopped) throws IOException, BackupException {
        backup.write(prefix + "backup_label", stopped.label());
        String first = stopped.firstSegment();
        long copied = 0;
        try (Stream<Path> segments = Files.list(data.resolve("pg_wal"))) {
            for (Path segment : (Iterable<Path>) segments.sorted()::iterator) {
                String name = segment.getFileName().toString();
                boolean isNeeded = SEGMENT.matcher(name).matches()
                        && name.compareTo(first) >= 0
                        && name.compareTo(stopped.lastSegment()) <= 0;
                if (isNeeded && backup.copy(segment, prefix + "pg_wal/" + name)) {
                    copied++;
                }
            }
        }
        if (copied != number(stopped.lastSegment()) - number(first) + 1) {
            throw new BackupException("more was written to the database while it was copied than it keeps "
                    + "(max_slot_wal_keep_size): make the backup when less goes on");
        }
    }

    private static long number(String segment) {
        return Long.parseLong(segment.substring(8, 16), 16) * SEGMENTS_OF_A_LOG
                + Long.parseLong(segment.substring(16), 16);
    }

    private void one(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
        }
    }
}
