package dev.orchard.standalone;

import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.standalone.backup.BackupException;
import java.io.IOException;

/** The command line. */
public final class Standalone {
    private static final String HELP = """
            orchard up [--data DIR] [--port N] [--optimize]
                              start all of it; Ctrl-C stops it (default: orchard-data, 8080);
                              --optimize for load: more throughput after a minute, more memory
            orchard backup [--data DIR] --to FOLDER
                              copy the running Orchard of DIR to an empty folder, to one point in time
            orchard restore --from FOLDER --data NEWDIR
                              make a data directory of a backup, for orchard up
            orchard version   say which version this is
            orchard help      say this""";

    private Standalone() {}

    public static void main(String[] arguments) {
        try {
            switch (Command.of(arguments)) {
                case Command.Up up -> Up.run(up);
                case Command.Backup backup -> Backups.make(backup);
                case Command.Restore restore -> Backups.restore(restore);
                case Command.Version version -> System.out.println("orchard " + OrchardHome.version());
                case Command.Help help -> System.out.println(HELP);
            }
        } catch (StartException e) {
            fail(e.line());
        } catch (BackupException e) {
            fail(e.line());
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private static void fail(String line) {
        System.err.println("orchard: " + line);
        System.exit(1);
    }
}
