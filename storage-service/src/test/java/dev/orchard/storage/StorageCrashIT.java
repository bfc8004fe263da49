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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
                var upload = HalfUpload.ofKnownLength(service.port(), "/blobs/" + key, 5 * MIB)) {
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
    void costsNoMoreThanThePartInFlightWhenTheProcessIsKilled() throws Exception {
        byte[] bytes = new byte[2 * MIB];
        new Random().nextBytes(bytes);
        String upload = "/uploads/" + key;
        StorageHttp.Answer first;
        try (var service = StorageProcess.start(directory, List.of())) {
            service.http().post(upload, "");
            first = service.http().put(upload + "/parts/1?whole=" + MIB, Arrays.copyOf(bytes, MIB));
            try (var half = HalfUpload.ofKnownLength(service.port(), upload + "/parts/2?whole=" + MIB, MIB / 2)) {
                await().atMost(SOON).until(() -> unfinished().size() == 1);
                service.kill();
            }
        }

        try (var service = StorageProcess.start(directory, List.of())) {
            var second = service.http().put(upload + "/parts/2?whole=" + MIB, Arrays.copyOfRange(bytes, MIB, 2 * MIB));
            var whole = service.http()
                    .post(upload + "/complete", "{\"parts\": [" + first.body() + "," + second.body() + "]}");

            assertThat(whole.status()).isEqualTo(201);
            assertThat(service.http().bytes("/blobs/" + key)).isEqualTo(bytes);
        }
    }

    @Test
    void keepsThePartsOfAnUploadThatAFullDiskCannotMakeABlob() throws Exception {
        String upload = "/uploads/" + key;
        try (var service = StorageProcess.start(directory, smallDisk())) {
            var http = service.http();
            http.post(upload, "");
            var first = http.put(upload + "/parts/1?whole=" + 10 * MIB, new byte[10 * MIB]);
            var tooMuch = http.put(upload + "/parts/2?whole=" + 15 * MIB, new byte[15 * MIB]);
            var second = http.put(upload + "/parts/2?whole=" + 10 * MIB, new byte[3 * MIB]);
            String parts = "{\"parts\": [" + first.body() + "," + second.body() + "]}";

            assertThat(tooMuch.status()).isEqualTo(507);
            assertThat(http.post(upload + "/complete", parts).status()).isEqualTo(507);
            assertThat(http.post(upload + "/complete", "{\"parts\": [" + first.body() + "]}")
                            .status())
                    .isEqualTo(201);
            assertThat(service.put(UUID.randomUUID().toString(), new byte[12 * MIB])
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGivesTheRoomBack() throws Exception {
        var smallDisk = smallDisk();

        try (var service = StorageProcess.start(directory, smallDisk)) {
            assertThat(service.put(key, new byte[25 * MIB]).statusCode()).isEqualTo(507);
            assertThat(service.put(key, new byte[20 * MIB]).statusCode()).isEqualTo(201);
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        }
    }

    /** What gives a process a disk of 24 MB of its own. */
    private List<String> smallDisk() throws IOException, InterruptedException {
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
        return smallDisk;
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
