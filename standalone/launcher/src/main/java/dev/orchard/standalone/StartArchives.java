package dev.orchard.standalone;

import dev.orchard.infrastructure.process.Child;
import dev.orchard.infrastructure.process.Program;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Archives of loaded and linked classes (JEP 483), which halve what a JVM has to do at its start. A process without one
 * lists the classes that it loads; once all is calm the archive is made from that list beside it, at the lowest
 * priority. So neither the first run nor its end is held up.
 */
final class StartArchives implements StartCache {
    private final Path folder;
    private final Path lists;
    private final Path log;
    private final Map<String, Recipe> missing = new ConcurrentHashMap<>();
    private @Nullable Child maker;
    private boolean closed;

    /**
     * @param folder of the archives; other launchers may use it too
     * @param lists a folder for the lists of classes, for us alone
     */
    StartArchives(Path folder, Path lists, Path log) {
        this.folder = folder;
        this.lists = lists;
        this.log = log;
    }

    private record Recipe(String name, Path archive, Path list, List<String> options, String classPath) {}

    @Override
    public List<String> options(String name, List<String> options, String classPath) throws IOException {
        Path archive = folder.resolve(name + "-" + fingerprint(options, classPath) + ".jsa");
        if (Files.exists(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive);
        }
        Files.createDirectories(lists);
        Path list = lists.resolve(name + ".classes");
        missing.put(name, new Recipe(name, archive, list, options, classPath));
        return List.of("-XX:DumpLoadedClassList=" + list);
    }

    /** Makes those that were missing, one after the other. Returns when all are made, or {@link #close} was called. */
    void makeMissing() throws IOException {
        for (Recipe recipe : missing.values()) {
            Files.createDirectories(folder);
            Path fresh = recipe.archive()
                    .resolveSibling(recipe.archive().getFileName() + "."
                            + ProcessHandle.current().pid());
            if (run(recipe, fresh) == 0) {
                Files.move(fresh, recipe.archive(), StandardCopyOption.ATOMIC_MOVE);
                deleteOlder(recipe);
            }
            Files.deleteIfExists(fresh);
        }
    }

    /** Those of jars that have been built anew since: each of these files is large. */
    private void deleteOlder(Recipe recipe) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, recipe.name() + "-*.jsa")) {
            for (Path archive : all) {
                if (!archive.equals(recipe.archive())) {
                    Files.delete(archive);
                }
            }
        }
    }

    /** The process still writes to its list: the last line may be half of one. */
    private static Path finished(Path list) throws IOException {
        String lines = Files.readString(list);
        return Files.writeString(
                list.resolveSibling(list.getFileName() + ".finished"), lines.substring(0, lines.lastIndexOf('\n') + 1));
    }

    private int run(Recipe recipe, Path fresh) throws IOException {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(recipe.options());
        command.add("-Xshare:dump");
        command.add("-XX:+AOTClassLinking");
        command.add("-XX:SharedClassListFile=" + finished(recipe.list()));
        command.add("-XX:SharedArchiveFile=" + fresh);
        command.addAll(List.of("-cp", recipe.classPath()));
        Child started = start(new Program("start-archive", Program.Kind.JVM, command, Map.of(), log));
        return started == null ? -1 : started.exitCode();
    }

    private synchronized @Nullable Child start(Program program) throws IOException {
        maker = closed ? null : Child.spawn(program);
        return maker;
    }

    /** Gives up what is being made. */
    synchronized void close() {
        closed = true;
        if (maker != null) {
            maker.kill();
        }
    }

    /** The JVM refuses an archive of other jars or options by itself, but it would not make a new one. */
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
