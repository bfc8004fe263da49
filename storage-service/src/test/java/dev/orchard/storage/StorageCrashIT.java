package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process is killed, or the disk is full. */
class StorageCrashIT {
    private static final int MIB = 1024 * 1024;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final String key = UUID.randomUUID().toString();

    @Test
    void keepsNothingOfAnUploadThatDiesWithTheProcess() throws Exception {
        try (var service = StorageProcess.start(directory, List.of());
                var upload = HalfUpload.ofKnownLength(service.port(), key, 5 * MIB)) {
            await().atMost(SOON)
                    .until(() ->
                            unfinished().size() == 1 && Files.size(unfinished().getFirst()) > 0);
            service.kill();
        }
        Path abandoned = unfinished().getFirst();
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        try (var service = StorageProcess.start(directory, List.of())) {
            await().atMost(SOON).until(() -> unfinished().isEmpty());
            assertThat(service.get("/blobs/" + key).statusCode()).isEqualTo(404);
            assertThat(service.put(key, new byte[10]).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGivesTheRoomBack() throws Exception {
        Path root = Files.createDirectories(directory.resolve("blobs-of-a-test"));
        var smallDisk = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=24m tmpfs '" + root + "' && exec \"$@\"",
                "sh");
        assumeTrue(canRun(smallDisk), "this machine lets nobody mount a small disk of their own");

        try (var service = StorageProcess.start(directory, smallDisk)) {
            assertThat(service.put(key, new byte[25 * MIB]).statusCode()).isEqualTo(507);
            assertThat(service.put(key, new byte[20 * MIB]).statusCode()).isEqualTo(201);
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        }
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(directory.resolve("blobs-of-a-test/tmp"))) {
            return files.toList();
        }
    }

    private static boolean canRun(List<String> wrapper) throws InterruptedException {
        var command = new ArrayList<>(wrapper);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
