package dev.orchard.storage.filesystem;

import java.io.IOException;

/** Tells a full disk from every other failure: Java has no type for ENOSPC and EDQUOT, only their texts. */
final class DiskFull {
    private DiskFull() {}

    static boolean says(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
