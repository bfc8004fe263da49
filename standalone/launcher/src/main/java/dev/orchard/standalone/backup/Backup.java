package dev.orchard.standalone.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies a running Orchard to one consistent point, while everybody goes on. What it holds of each part fits together
 * because of the order, which {@code docs/decisions/0019-backup.md} explains: the log, then both databases at one moment,
 * then the blobs, of which none is deleted from that moment on.
 *
 * @param data the data directory
 * @param port of the running PostgreSQL
 * @param version of this Orchard
 * @param progress hears what is done
 */
public record Backup(Path data, int port, String password, String version, Consumer<String> progress) {
    private static final String DATABASE = "postgresql/data";
    private static final String LOG = "blobs/log";
    private static final List<String> CONTENT = List.of("blobs/blobs", "blobs/parts");
    private static final List<String> SECRETS = List.of("secrets", "admin-token");

    /** @throws BackupException if there is none now: nothing in the folder will be taken for one */
    public BackupFacts run(Path to) throws IOException, SQLException, BackupException {
        if (to.startsWith(data)) {
            throw new BackupException(to + " is in the data directory: a backup belongs on another disk");
        }
        try (Connection metadata = connect("orchard");
                Connection audit = connect("orchard_audit");
                BackupFolder backup = BackupFolder.create(to)) {
            return copy(metadata, audit, backup);
        }
    }

    private BackupFacts copy(Connection metadata, Connection audit, BackupFolder backup)
            throws IOException, SQLException, BackupException {
        PostgresHold deletions = new PostgresHold(metadata, PostgresHold.DELETIONS);
        PostgresHold signing = new PostgresHold(audit, PostgresHold.SIGNING);
        PostgresBaseBackup database = new PostgresBaseBackup(metadata, data.resolve(DATABASE), DATABASE, backup);

        database.start();
        database.copyFiles();
        copyAll(LOG, backup);
        progress.accept("the database's files and the log are copied");

        deletions.begin();
        signing.begin();
        copyAll(LOG, backup); // what was signed meanwhile
        PostgresBaseBackup.Stopped stopped = database.stop();
        signing.end();
        progress.accept("the backup holds what was at " + stopped.at());
        progress.accept(
                "now the blobs: each was there before its row, and none is deleted until the end, so each row finds it");

        database.copyLog(stopped);
        for (String folder : CONTENT) {
            copyAll(folder, backup);
        }
        deletions.requireHeld();
        for (String secret : SECRETS) {
            copyAll(secret, backup);
        }
        return backup.finish(version, stopped.at());
    }

    /** Copies the files that are not in the backup yet: none of them ever changes, they only come and go. */
    private void copyAll(String name, BackupFolder backup) throws IOException {
        Path root = data.resolve(name);
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new LivingTree() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                backup.addFolder(data.relativize(folder).toString()); // also of an upload whose parts are still to come
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String each = data.relativize(file).toString();
                if (!backup.holds(each)) {
                    backup.copy(file, each);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", password);
    }
}
