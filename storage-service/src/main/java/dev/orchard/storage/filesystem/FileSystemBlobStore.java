package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobLink;
import dev.orchard.storage.blob.BlobPage;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.LogKey;
import dev.orchard.storage.blob.ObjectKey;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keeps each blob in a file of its own; a write is a file elsewhere until it is whole and on the disk. */
final class FileSystemBlobStore implements BlobStore {
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

    FileSystemLayout layout() {
        return layout;
    }

    @Override
    public WriteOutcome write(ObjectKey key, BlobContent content) throws IOException {
        return write(key, content, key instanceof LogKey);
    }

    /** @param isKnown whether somebody may look for the key after a crash, who has not been told that it is there */
    WriteOutcome write(ObjectKey key, BlobContent content, boolean isKnown) throws IOException {
        Path blob = layout.file(key);
        if (Files.exists(blob)) {
            return new WriteOutcome.KeyTaken();
        }
        layout.makeDirectory(key);
        try (var unfinished = UnfinishedFile.create(layout.newUnfinished(key))) {
            fill(unfinished, content);
            publish(unfinished, key, blob, isKnown);
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
        }
    }

    /**
     * Makes a file that is whole and on the disk a blob, as of now, without a copy; it keeps its other name.
     *
     * @throws FileAlreadyExistsException if there is a blob under this key
     */
    void adopt(BlobKey key, Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            channel.force(true);
        }
        Files.createLink(layout.file(key), file);
        layout.sync(key);
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
    public BlobPage list(@Nullable BlobKey after, int limit) throws IOException {
        return new FileSystemListing(layout).page(after, limit);
    }

    @Override
    public void removeAbandoned() throws IOException {
        Directory.removeOlder(layout.unfinished(), clock.instant().minus(settings.abandonedAfter()));
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

    private static void fill(UnfinishedFile file, BlobContent content) throws IOException {
        byte[] buffer = content.newBuffer();
        int count;
        do {
            count = content.fill(buffer);
            file.write(buffer, count);
        } while (count == buffer.length);
    }

    /**
     * Gives a whole file its name, durably. A key that nobody has heard of is given to the file before that is synced, so
     * that one commit of the file system's journal has both: if the machine dies in between, part of it may lie there. Of a
     * key that is known (a piece of the log, parts that are completed again) that part would be taken for the whole.
     */
    private void publish(UnfinishedFile file, ObjectKey key, Path name, boolean isKnown) throws IOException {
        if (isKnown) {
            file.sync();
            file.linkAs(name);
            layout.sync(key);
            return;
        }
        file.linkAs(name);
        try {
            file.sync();
            layout.sync(key);
        } catch (IOException e) {
            Files.deleteIfExists(name);
            throw e;
        }
    }
}
