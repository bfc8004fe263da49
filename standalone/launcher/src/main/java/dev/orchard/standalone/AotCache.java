package dev.orchard.standalone;

import dev.orchard.infrastructure.process.StartCache;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The JDK's ahead-of-time cache for each process (JEP 514). The JVM writes it when it stops for the first time; under
 * a name of its own, so that one which was cut off is never used.
 */
final class AotCache implements StartCache {
    private static final String FRESH = ".new";

    private final Path folder;

    AotCache(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> options(String name, List<String> options, String classPath) throws IOException {
        Files.createDirectories(folder);
        Path cache = folder.resolve(name + "-" + fingerprint(options, classPath) + ".aot");
        if (Files.exists(cache)) {
            return List.of("-XX:AOTCache=" + cache);
        }
        for (Path stale : of(name, "")) {
            Files.delete(stale);
        }
        return List.of("-XX:AOTCacheOutput=" + cache + FRESH);
    }

    /** To be called when the process has ended in order. */
    void keep(String name) throws IOException {
        for (Path complete : of(name, ".aot" + FRESH)) {
            String finalName = complete.getFileName().toString().replace(FRESH, "");
            Files.move(complete, complete.resolveSibling(finalName), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private List<Path> of(String name, String suffix) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name + "-*" + suffix)) {
            found.forEach(files::add);
        }
        return files;
    }

    /** The JVM would refuse a cache made with other jars or options by itself, but it would not make a new one. */
    private static String fingerprint(List<String> options, String classPath) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version")).append(options);
        for (String jar : classPath.split(File.pathSeparator)) {
            Path file = Path.of(jar);
            text.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
