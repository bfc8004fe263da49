package dev.orchard.infrastructure.postgres;

import dev.orchard.infrastructure.process.Folders;
import dev.orchard.infrastructure.process.OrchardHome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked from the class path once and kept. */
public record PostgresBinaries(Path root) {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Set<PosixFilePermission> EXECUTABLE = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);

    /** Where all tests of this repository keep theirs. */
    public static Path sharedCache() {
        return OrchardHome.find().root().resolve("standalone/launcher/target/postgresql");
    }

    /** Those in the cache, which are put there at the first time: whole or not at all, whoever else does the same. */
    public static PostgresBinaries in(Path cache) throws IOException {
        URL archive = Objects.requireNonNull(PostgresBinaries.class.getResource(ARCHIVE));
        Path root = cache.resolve(fingerprint(archive));
        if (!Files.isDirectory(root)) {
            Files.createDirectories(cache);
            Path fresh = Files.createTempDirectory(cache, "unpacking-");
            unpack(archive, fresh);
            publish(fresh, root);
        }
        return new PostgresBinaries(root);
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    private static String fingerprint(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        throw new IOException("PostgreSQL's binaries are expected in a jar, not at " + archive);
    }

    private static void publish(Path fresh, Path root) throws IOException {
        try {
            Files.move(fresh, root);
        } catch (FileAlreadyExistsException e) {
            Folders.delete(fresh);
        }
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                unpack(tar, entry, folder.resolve(entry.getName()).normalize());
            }
        }
        Files.setPosixFilePermissions(folder, EXECUTABLE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, EXECUTABLE);
        }
    }
}
