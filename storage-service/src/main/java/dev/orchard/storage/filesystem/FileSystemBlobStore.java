package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobLink;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.ObjectKey;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps each blob in a file of its own; a write is a file elsewhere until it is whole and on the disk. */
final class FileSystemBlobStore implements BlobStore {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final FileSystemSettings settings;
    private final FileSystemLayout layout;
    private final Clock clock;

    private FileSystemBlobStore(FileSystemSettings settings, FileSystemLayout layout, Clock clock) {
        this.settings = settings;
        this.layout = layout;
        this.clock = clock;
    }

    static FileSystemBlobStore in(FileSystemSettings settings, Clock clock) throws IOException {
        return new FileSystemBlobStore(settings, FileSystemLayout.create(settings.root()), clock);
    }

    @Override
    public WriteOutcome write(ObjectKey key, BlobContent content) throws IOException {
        Path blob = layout.file(key);
        if (Files.exists(blob)) {
            return new WriteOutcome.KeyTaken();
        }
        Path unfinished = layout.newUnfinished(key);
        layout.makeDirectory(key);
        try {
            fill(unfinished, content);
            // A second name rather than a rename, which would replace a blob without a word.
            Files.createLink(blob, unfinished);
            layout.sync(key);
            return new WriteOutcome.Written(content.length(), content.checksums());
        } catch (FileAlreadyExistsException e) {
            return new WriteOutcome.KeyTaken();
        } catch (BrokenBodyException e) {
            return new WriteOutcome.BodyBroken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (DiskFull.says(e)) {
                return new WriteOutcome.StoreFull();
            }
            throw e;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public ReadOutcome open(ObjectKey key, BlobRange range) throws IOException {
        Path blob = layout.file(key);
        FileChannel file;
        try {
            file = FileChannel.open(blob, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return new ReadOutcome.Missing();
        }
        long size = file.size();
        var slice = range.of(size);
        if (slice.isEmpty()) {
            file.close();
            return new ReadOutcome.OutOfRange(size);
        }
        return new ReadOutcome.Opened(new OpenFile(blob, file, slice.get()));
    }

    @Override
    public OptionalLong findSize(ObjectKey key) throws IOException {
        try {
            return OptionalLong.of(Files.size(layout.file(key)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        Files.deleteIfExists(layout.file(key));
        layout.sync(key); // also when there was nothing: another's delete may not be durable yet
    }

    @Override
    public Optional<BlobLink> link(BlobKey key, String contentType, String contentDisposition) {
        return Optional.empty();
    }

    @Override
    public void removeAbandoned() throws IOException {
        var before = clock.instant().minus(settings.abandonedAfter());
        try (var files = Files.newDirectoryStream(
                layout.unfinished(), file -> lastTouched(file).isBefore(before))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void probe() throws IOException {
        if (!Files.isWritable(layout.unfinished()) || !Files.isWritable(layout.blobs())) {
            throw new IOException(settings.root() + " is not writable");
        }
        long free = Files.getFileStore(layout.blobs()).getUsableSpace();
        if (free < settings.minFree().toBytes()) {
            throw new IOException(settings.root() + " has only " + free + " bytes left");
        }
    }

    private static void fill(Path unfinished, BlobContent content) throws IOException {
        try (var file = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            do {
                count = content.fill(buffer);
                for (var bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
                    file.write(bytes);
                }
            } while (count == buffer.length);
            file.force(true);
        }
    }

    private static Instant lastTouched(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX; // its writer has just finished
        }
    }
}
