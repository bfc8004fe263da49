package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.StoreFailedException;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.PartAddress;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.PartStore;
import dev.orchard.storage.parts.StoredPart;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each write of a part in a file of its own, {@code N.UUID}, in a directory for each upload. There is no digest
 * state: the parts are read once when they become the blob, and that is off the same disk.
 */
final class FileSystemPartStore implements PartStore {
    private final FileSystemSettings settings;
    private final FileSystemLayout layout;
    private final FileSystemBlobStore blobs;
    private final Clock clock;

    FileSystemPartStore(FileSystemSettings settings, FileSystemBlobStore blobs, Clock clock) {
        this.settings = settings;
        this.layout = blobs.layout();
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public String begin(BlobKey key) throws IOException {
        layout.makeUpload(key);
        return "";
    }

    @Override
    public PartOutcome write(PartAddress part, BlobContent body, @Nullable String after, @Nullable DigestState before)
            throws IOException {
        Path upload = layout.upload(part.key());
        if (!Files.isDirectory(upload)) {
            return new PartOutcome.NoUpload();
        }
        try (var file = UnfinishedFile.create(layout.newUnfinished(part.key()))) {
            var write = new PartWrite(file, part.whole());
            if (after != null && !continued(write, upload, part.number(), after)) {
                return new PartOutcome.NoUpload();
            }
            if (!write.add(body)) {
                return new PartOutcome.TooLarge(part.whole());
            }
            file.sync();
            return named(file, upload, part.number(), write);
        } catch (BrokenBodyException e) {
            return new PartOutcome.BodyBroken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (DiskFull.says(e)) {
                return new PartOutcome.StoreFull();
            }
            throw e;
        }
    }

    @Override
    public CompleteOutcome complete(
            BlobKey key, String handle, List<StoredPart> parts, Set<ExtraDigest> digests, @Nullable DigestState state)
            throws IOException {
        var kept = kept(key, digests);
        if (kept.isEmpty()) {
            var outcome = join(key, parts, digests);
            if (!(outcome instanceof CompleteOutcome.Completed)) {
                // Another may have completed it meanwhile, and taken the parts away from here.
                return kept(key, digests).orElse(outcome);
            }
            kept = Optional.of(outcome);
        }
        abandon(key);
        return kept.get();
    }

    /** One rename takes the upload away from all who write to it; its files go after that, one by one. */
    @Override
    public void abandon(BlobKey key) throws IOException {
        Path removed = layout.newUnfinished(key);
        try {
            Files.move(layout.upload(key), removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            layout.syncUpload(key); // another's removal may not be durable yet
            return;
        }
        layout.syncUpload(key);
        Directory.remove(removed);
    }

    @Override
    public void removeAbandoned() throws IOException {
        var before = clock.instant().minus(settings.partsAbandonedAfter());
        try (var spread = Files.newDirectoryStream(layout.parts())) {
            for (Path uploads : spread) {
                try (var old = Files.newDirectoryStream(
                        uploads, upload -> Directory.lastTouched(upload).isBefore(before))) {
                    for (Path upload : old) {
                        abandon(BlobKey.of(String.valueOf(upload.getFileName())));
                    }
                }
            }
        }
    }

    private static boolean continued(PartWrite write, Path upload, int number, String after) throws IOException {
        try (var earlier = Files.newInputStream(JoinedParts.file(upload, number, after))) {
            write.add(earlier);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static PartOutcome named(UnfinishedFile file, Path upload, int number, PartWrite write) throws IOException {
        String id = UUID.randomUUID().toString();
        Path name = JoinedParts.file(upload, number, id);
        try {
            file.moveTo(name);
            Directory.sync(upload);
        } catch (NoSuchFileException e) {
            return new PartOutcome.NoUpload(); // it was abandoned while the body came in
        } catch (IOException e) {
            Files.deleteIfExists(name);
            throw e;
        }
        return new PartOutcome.Stored(new StoredPart(number, write.size(), write.crc32c(), id), null);
    }

    private CompleteOutcome join(BlobKey key, List<StoredPart> parts, Set<ExtraDigest> digests) throws IOException {
        Path upload = layout.upload(key);
        if (!Files.isDirectory(upload)) {
            return new CompleteOutcome.NoUpload();
        }
        try (var joined = new JoinedParts(upload, parts)) {
            var missing = joined.missing();
            return missing.isEmpty()
                    ? outcome(joined, write(key, upload, parts, joined.content(digests)))
                    : new CompleteOutcome.Missing(missing);
        }
    }

    private WriteOutcome write(BlobKey key, Path upload, List<StoredPart> parts, BlobContent content)
            throws IOException {
        if (parts.size() != 1) {
            return blobs.write(key, content, true);
        }
        var only = parts.getFirst();
        return adopt(key, JoinedParts.file(upload, only.part(), only.id()), content);
    }

    private static CompleteOutcome outcome(JoinedParts joined, WriteOutcome write) throws StoreFailedException {
        return switch (write) {
            case WriteOutcome.Written(long size, var sums) -> new CompleteOutcome.Completed(size, sums);
            case WriteOutcome.KeyTaken() -> new CompleteOutcome.NoUpload();
            case WriteOutcome.StoreFull() -> new CompleteOutcome.StoreFull();
            case WriteOutcome.TooLarge(long limit) -> throw new IllegalStateException("a file has no limit: " + limit);
            case WriteOutcome.BodyBroken(String how) -> lost(joined, how);
        };
    }

    /** The only part needs no copy: its file becomes the blob's. */
    private WriteOutcome adopt(BlobKey key, Path only, BlobContent content) throws IOException {
        try {
            content.drain();
            blobs.adopt(key, only);
            return new WriteOutcome.Written(content.length(), content.checksums());
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return new WriteOutcome.KeyTaken(); // by another who completes it, and may have removed the parts since
        } catch (BrokenBodyException e) {
            return new WriteOutcome.BodyBroken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (DiskFull.says(e)) {
                return new WriteOutcome.StoreFull();
            }
            throw e;
        }
    }

    private static CompleteOutcome lost(JoinedParts joined, String how) throws StoreFailedException {
        var part = joined.lost().orElseThrow(() -> unreadable(how));
        return new CompleteOutcome.Missing(List.of(part.part()));
    }

    private Optional<CompleteOutcome> kept(BlobKey key, Set<ExtraDigest> digests) throws IOException {
        return switch (blobs.open(key, new BlobRange.Whole())) {
            case ReadOutcome.Opened(var blob) -> {
                try (blob) {
                    var content = new BlobContent(
                            blob.stream(), OptionalLong.of(blob.slice().size()), digests);
                    content.drain();
                    yield Optional.of(new CompleteOutcome.Completed(content.length(), content.checksums()));
                } catch (BrokenBodyException e) {
                    throw new StoreFailedException(StoreFailedException.Kind.HASH_COMPUTATION, e);
                }
            }
            case ReadOutcome.Missing() -> Optional.empty();
            case ReadOutcome.OutOfRange(long size) ->
                throw new IllegalStateException("the whole of " + size + " bytes");
        };
    }

    private static StoreFailedException unreadable(String how) {
        return new StoreFailedException(StoreFailedException.Kind.HASH_COMPUTATION, new IOException(how));
    }
}
