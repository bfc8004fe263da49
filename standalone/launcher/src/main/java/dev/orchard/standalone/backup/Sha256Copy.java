package dev.orchard.standalone.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * Files for their owner only, and what was copied.
 *
 * @param hex the digest of the bytes that were read
 */
record Sha256Copy(long bytes, String hex) {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static Sha256Copy of(Path source, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            return of(in, target);
        }
    }

    static Sha256Copy of(InputStream source, Path target) throws IOException {
        makeFolder(Objects.requireNonNull(target.getParent()));
        Files.createFile(target, FILE);
        MessageDigest digest = sha256();
        try (OutputStream out = Files.newOutputStream(target)) {
            long bytes = new DigestInputStream(source, digest).transferTo(out);
            return new Sha256Copy(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** The digest of a file that stays where it is. */
    static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
