package dev.orchard.standalone.backup;

import java.io.IOException;
import java.nio.file.Path;

/** The disk under a folder. */
final class Disk {
    private Disk() {}

    /** Returns when everything that was written to the folder's file system is on its disk: one call for a million files. */
    static void sync(Path folder) throws IOException {
        Process sync = new ProcessBuilder("sync", "--file-system", folder.toString())
                .inheritIO()
                .start();
        try {
            int exit = sync.waitFor();
            if (exit != 0) {
                throw new IOException(
                        "what was written to " + folder + " cannot be brought to the disk: sync ended with " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
