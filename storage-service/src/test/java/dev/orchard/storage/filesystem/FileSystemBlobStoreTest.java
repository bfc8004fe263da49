package dev.orchard.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.BlobStoreContract;
import dev.orchard.storage.blob.LogKey;
import dev.orchard.storage.blob.WriteOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FileSystemBlobStoreTest extends BlobStoreContract {
    @TempDir
    private Path root;

    private FileSystemBlobStore store;

    @BeforeEach
    void start() throws IOException {
        store = store(DataSize.ofBytes(0));
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected Collection<String> unfinished() throws IOException {
        try (var files = Files.list(root.resolve("tmp"))) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void spreadsBlobsByTheFirstTwoDigitsOfTheirKeys() throws IOException {
        write(BlobKey.of("ab000000-0000-4000-8000-000000000000"), bytes(10));

        assertThat(root.resolve("blobs/ab/ab000000-0000-4000-8000-000000000000"))
                .hasSize(10);
    }

    @Test
    void laysTheLogOutAsAnAuditorReadsIt() throws IOException {
        write(new LogKey("tile/entries/x001/x234/067.p/9"), bytes(10));
        write(new LogKey("checkpoint/1"), bytes(20));

        assertThat(root.resolve("log/tile/entries/x001/x234/067.p/9")).hasSize(10);
        assertThat(root.resolve("log/checkpoint/1")).hasSize(20);
    }

    @Test
    void letsOneOfManyWritersOfOnePieceOfTheLogWin() throws Exception {
        var piece = new LogKey("tile/0/x001/234.p/5");

        List<WriteOutcome> outcomes =
                atOnce(Stream.<Callable<WriteOutcome>>generate(() -> () -> write(piece, bytes(1000)))
                        .limit(16));

        assertThat(outcomes).filteredOn(WriteOutcome.Written.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(WriteOutcome.KeyTaken.class::isInstance).hasSize(15);
    }

    @Test
    void letsOneOfManyWritersToOneKeyWin() throws Exception {
        var key = new BlobKey(UUID.randomUUID());

        List<WriteOutcome> outcomes =
                atOnce(Stream.<Callable<WriteOutcome>>generate(() -> () -> write(key, bytes(300_000)))
                        .limit(16));

        assertThat(outcomes).filteredOn(WriteOutcome.Written.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(WriteOutcome.KeyTaken.class::isInstance).hasSize(15);
    }

    @Test
    void removesUnfinishedWritesThatNobodyHasTouchedForAnHour() throws IOException {
        Path abandoned = Files.writeString(root.resolve("tmp/abandoned"), "half of it");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        Path underWay = Files.writeString(root.resolve("tmp/under-way"), "half of it");
        Files.setLastModifiedTime(underWay, FileTime.from(Instant.now().minus(Duration.ofMinutes(59))));

        store.removeAbandoned();

        assertThat(abandoned).doesNotExist();
        assertThat(underWay).exists();
        Files.delete(underWay);
    }

    @Test
    void isNotReadyWithoutRoom() throws IOException {
        var wantsMoreThanThereIs = store(DataSize.ofBytes(Long.MAX_VALUE));

        assertThatThrownBy(wantsMoreThanThereIs::probe).hasMessageContaining("bytes left");
    }

    @Test
    void isNotReadyWithoutItsDirectory() throws IOException {
        Files.delete(root.resolve("tmp"));
        try {
            assertThatThrownBy(store::probe).hasMessageContaining("not writable");
        } finally {
            Files.createDirectory(root.resolve("tmp"));
        }
    }

    @Test
    void knowsThatAFullPageIsTheLast() throws IOException {
        write(BlobKey.of("00000000-0000-4000-8000-000000000000"), bytes(1));
        write(BlobKey.of("ff000000-0000-4000-8000-000000000000"), bytes(1));

        assertThat(store.list(null, 2).blobs()).hasSize(2);
        assertThat(store.list(null, 2).more()).isFalse();
    }

    @Test
    void listsNoFileThatIsNoBlob() throws IOException {
        Path stranger = Files.writeString(root.resolve("blobs/ab/README"), "put here by hand");

        assertThat(store.list(null, 10).blobs()).isEmpty();
        Files.delete(stranger);
    }

    @Test
    void listsWhatIsThereWhileBlobsComeAndGo() throws Exception {
        var stays = BlobKey.of("80000000-0000-4000-8000-000000000000");
        write(stays, bytes(10));
        Callable<Boolean> churn = () -> {
            for (int i = 0; i < 200; i++) {
                var goes = BlobKey.of("8%07x-0000-4000-8000-000000000000".formatted(i % 16 + 1));
                Files.write(root.resolve("blobs/80").resolve(goes.id().toString()), bytes(5));
                Files.delete(root.resolve("blobs/80").resolve(goes.id().toString()));
            }
            return true;
        };
        Callable<Boolean> list = () -> {
            boolean always = true;
            for (int i = 0; i < 50; i++) {
                always &= store.list(null, 10).blobs().stream()
                        .anyMatch(blob -> blob.key().equals(stays));
            }
            return always;
        };

        assertThat(atOnce(Stream.of(churn, list, list))).containsOnly(true);
    }

    @Test
    void hasNoLinks() {
        assertThat(store.link(new BlobKey(UUID.randomUUID()), "text/plain", "inline"))
                .isEmpty();
    }

    private FileSystemBlobStore store(DataSize minFree) throws IOException {
        return FileSystemBlobStore.in(
                new FileSystemSettings(root, Duration.ofHours(1), Duration.ofDays(30), minFree), Clock.systemUTC());
    }
}
