package dev.orchard.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.PartStore;
import dev.orchard.storage.parts.PartStoreContract;
import dev.orchard.storage.parts.StoredPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class FileSystemPartStoreTest extends PartStoreContract {
    @TempDir
    private static Path root;

    private static FileSystemBlobStore blobs;
    private static FileSystemPartStore parts;

    @BeforeAll
    static void start() throws IOException {
        var settings = new FileSystemSettings(root, Duration.ofHours(1), Duration.ofDays(30), DataSize.ofBytes(0));
        blobs = FileSystemBlobStore.in(settings, Clock.systemUTC());
        parts = new FileSystemPartStore(settings, blobs, Clock.systemUTC());
    }

    @Override
    protected PartStore parts() {
        return parts;
    }

    @Override
    protected BlobStore blobs() {
        return blobs;
    }

    @Override
    protected Collection<String> unfinished() throws IOException {
        try (var writes = Files.list(root.resolve("tmp"));
                var uploads = Files.list(upload().getParent())) {
            return Stream.concat(writes, uploads.filter(upload()::equals))
                    .map(Path::toString)
                    .toList();
        }
    }

    @Test
    void keepsEachWriteOfAPartInAFileOfItsOwn() throws IOException {
        var first = store(3, bytes(10));
        var second = store(3, bytes(20));

        assertThat(upload().resolve("3." + first.id())).hasSize(10);
        assertThat(upload().resolve("3." + second.id())).hasSize(20);
    }

    @Test
    void makesTheFileOfAnOnlyPartTheBlobs() throws IOException {
        var part = store(1, bytes(1000));
        var file = Files.getAttribute(upload().resolve("1." + part.id()), "unix:ino");

        complete(List.of(part));

        assertThat(Files.getAttribute(blob(), "unix:ino")).isEqualTo(file);
        assertThat(Files.getAttribute(blob(), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void datesABlobFromWhenItIsWholeAndNotFromItsOnlyPart() throws IOException {
        var part = store(1, bytes(1000));
        Files.setLastModifiedTime(upload().resolve("1." + part.id()), FileTime.from(Instant.EPOCH));

        complete(List.of(part));

        assertThat(Files.getLastModifiedTime(blob()).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void namesAPartThatIsNotAsLongAsItWas(int lost) throws IOException {
        var written = List.of(store(1, bytes(WHOLE)), store(2, bytes(1000)));
        try (var file = FileChannel.open(file(written.get(lost - 1)), StandardOpenOption.WRITE)) {
            file.truncate(999);
        }

        assertThat(complete(written)).isEqualTo(new CompleteOutcome.Missing(List.of(lost)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void namesAPartWhoseBytesHaveChanged(int damaged) throws IOException {
        var written = List.of(store(1, bytes(WHOLE)), store(2, bytes(1000)));
        damage(file(written.get(damaged - 1)));

        assertThat(complete(written)).isEqualTo(new CompleteOutcome.Missing(List.of(damaged)));
        assertThat(blobs.findSize(key)).isEmpty();
        assertThat(upload()).exists();
    }

    @Test
    void namesAnOnlyPartWhoseBytesHaveChanged() throws IOException {
        var part = store(1, bytes(1000));
        damage(file(part));

        assertThat(complete(List.of(part))).isEqualTo(new CompleteOutcome.Missing(List.of(1)));
        assertThat(blobs.findSize(key)).isEmpty();
    }

    @Test
    void takesNoIdForAPath() throws IOException {
        Path outside = Files.write(root.resolve("outside"), bytes(10));
        String id = "/../../../../" + root.relativize(outside);

        assertThat(write(1, bytes(10), id, null)).isEqualTo(new PartOutcome.NoUpload());
        assertThat(complete(List.of(new StoredPart(1, 10, "00000000", id))))
                .isEqualTo(new CompleteOutcome.Missing(List.of(1)));
    }

    @Test
    void removesUploadsThatNobodyHasWrittenToForThirtyDays() throws IOException {
        var old = new BlobKey(UUID.randomUUID());
        var recent = new BlobKey(UUID.randomUUID());
        parts.begin(old);
        parts.begin(recent);
        Files.setLastModifiedTime(upload(old), daysAgo(31));
        Files.setLastModifiedTime(upload(recent), daysAgo(29));

        parts.removeAbandoned();

        assertThat(upload(old)).doesNotExist();
        assertThat(upload(recent)).exists();
        parts.abandon(recent);
    }

    @Test
    void isRidOfAnUploadWhoseRemovalACrashEnded() throws IOException {
        Path removed = Files.createDirectory(root.resolve("tmp/half-removed"));
        Files.write(removed.resolve("1." + UUID.randomUUID()), bytes(10));
        Files.setLastModifiedTime(removed, daysAgo(1));

        blobs.removeAbandoned();

        assertThat(removed).doesNotExist();
    }

    @Test
    void forgetsPartsThatACrashLeftBesideTheirBlob() throws IOException {
        byte[] bytes = bytes(1000);
        var part = store(1, bytes);
        Files.createLink(blob(), file(part));

        assertThat(complete(List.of(part))).isEqualTo(new CompleteOutcome.Completed(1000, sums(bytes)));
        assertThat(upload()).doesNotExist();
    }

    private static void damage(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, 500);
            one.put(0, (byte) ~one.get(0));
            channel.write(one.flip(), 500);
        }
    }

    private Path file(StoredPart part) {
        return upload().resolve(part.part() + "." + part.id());
    }

    private Path blob() {
        return root.resolve("blobs")
                .resolve(key.id().toString().substring(0, 2))
                .resolve(key.id().toString());
    }

    private Path upload() {
        return upload(key);
    }

    private static Path upload(BlobKey of) {
        return root.resolve("parts")
                .resolve(of.id().toString().substring(0, 2))
                .resolve(of.id().toString());
    }

    private static FileTime daysAgo(int days) {
        return FileTime.from(Instant.now().minus(Duration.ofDays(days)));
    }
}
