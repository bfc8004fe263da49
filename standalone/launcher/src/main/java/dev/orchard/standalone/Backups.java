package dev.orchard.standalone;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.PostgresPart;
import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.RunningPart;
import dev.orchard.standalone.backup.Backup;
import dev.orchard.standalone.backup.BackupException;
import dev.orchard.standalone.backup.BackupFacts;
import dev.orchard.standalone.backup.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** Makes backups of a data directory that is in use, and data directories of backups. */
final class Backups {
    private Backups() {}

    static void make(Command.Backup command) throws IOException, StartException, BackupException {
        Path data = command.data();
        int port = new StateFile(data.resolve("run/state.json"))
                .findPort("postgresql")
                .orElseThrow(() -> new StartException("no Orchard runs on the data directory " + data
                        + ": start it, or copy the directory as it is"));
        String password = Files.readString(data.resolve("secrets").resolve(LoginRole.SUPERUSER.roleName()))
                .strip();
        try {
            BackupFacts facts =
                    new Backup(data, port, password, OrchardHome.version(), System.out::println).run(command.to());
            System.out.println("backup: " + command.to() + ", " + amount(facts));
        } catch (SQLException e) {
            throw new BackupException(
                    "the database of " + data + " does not do its part, there is no backup: " + e.getMessage());
        }
    }

    /** The database is started once, which ends its recovery, and shows that it can be. */
    static void restore(Command.Restore command) throws IOException, StartException, BackupException {
        try (DataDirectory data = DataDirectory.openEmpty(command.data())) {
            BackupFacts facts = new Restore(command.from()).into(data.root());
            System.out.println("restored " + amount(facts) + ", and every digest is right");
            PostgresPart postgres = new PostgresPart(
                    data.cache(OrchardHome.find(), "postgresql"),
                    data.path("postgresql"),
                    data.log("postgresql"),
                    Ports.free(),
                    Secrets.of(data).passwords());
            RunningPart.start(postgres).close();
            data.finish();
            System.out.println("the database has recovered to " + facts.takenAt());
            System.out.println("start it: ./orchard up --data " + command.data());
        }
    }

    private static String amount(BackupFacts facts) {
        return String.format(Locale.ROOT, "%d files, %.1f MB", facts.files(), facts.bytes() / 1e6);
    }
}
