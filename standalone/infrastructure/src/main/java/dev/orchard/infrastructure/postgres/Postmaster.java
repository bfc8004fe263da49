package dev.orchard.infrastructure.postgres;

import dev.orchard.infrastructure.process.Probe;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a PostgreSQL server that was killed leaves behind: servants that still finish, and a file with its process id. */
final class Postmaster {
    private Postmaster() {}

    /**
     * The process id in the file may belong to anybody by now, and would keep PostgreSQL from starting. So what counts
     * is whether a process works in the folder; when none does any more, the file goes.
     */
    static void clearTraces(Path data, Duration bound) throws IOException {
        Probe left = () -> !isAtWork(data);
        if (!left.await(bound, () -> true)) {
            throw new IOException("another PostgreSQL runs in " + data);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private static boolean isAtWork(Path data) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            Path folder = data.toRealPath();
            for (Path process : processes) {
                if (worksIn(process, folder)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean worksIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
        } catch (IOException e) {
            return false; // gone meanwhile, or someone else's
        }
    }
}
