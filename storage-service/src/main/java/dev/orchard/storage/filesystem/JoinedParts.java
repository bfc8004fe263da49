package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.storage.content.JoinedStream;
import dev.orchard.storage.parts.StoredPart;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** The parts of one upload, read once as one body; a part that is gone or not what was written ends it, and is named. */
final class JoinedParts implements Closeable {
    private final Path upload;
    private final List<StoredPart> parts;
    private final JoinedStream body;
    private @Nullable StoredPart lost;

    JoinedParts(Path upload, List<StoredPart> parts) {
        this.upload = upload;
        this.parts = parts;
        this.body = new JoinedStream(parts.stream()
                .<JoinedStream.Source>map(part -> () -> open(part))
                .toList());
    }

    /**
     * The file of one write of a part.
     *
     * @throws NoSuchFileException if no write can have such an id: it would be a path, made by who knows whom
     */
    static Path file(Path upload, int part, String id) throws NoSuchFileException {
        if (!BlobKey.isWritten(id)) {
            throw new NoSuchFileException(id);
        }
        return upload.resolve(part + "." + id);
    }

    /** The numbers of the parts that are not there, or not as long as they were. */
    List<Integer> missing() throws IOException {
        List<Integer> missing = new ArrayList<>();
        for (StoredPart part : parts) {
            if (size(part) != part.size()) {
                missing.add(part.part());
            }
        }
        return missing;
    }

    BlobContent content(Set<ExtraDigest> digests) {
        long size = parts.stream().mapToLong(StoredPart::size).sum();
        return new BlobContent(body, OptionalLong.of(size), digests);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /** The part that ended the body. */
    Optional<StoredPart> lost() {
        return Optional.ofNullable(lost);
    }

    private long size(StoredPart part) throws IOException {
        try {
            return Files.size(file(upload, part.part(), part.id()));
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    private InputStream open(StoredPart part) throws IOException {
        try {
            return new Checked(part, Files.newInputStream(file(upload, part.part(), part.id())));
        } catch (NoSuchFileException e) {
            lost = part;
            throw e;
        }
    }

    private final class Checked extends FilterInputStream {
        private final StoredPart part;
        private final CRC32C crc32c;

        Checked(StoredPart part, InputStream file) {
            this(part, file, new CRC32C());
        }

        private Checked(StoredPart part, InputStream file, CRC32C crc32c) {
            super(new CheckedInputStream(file, crc32c));
            this.part = part;
            this.crc32c = crc32c;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count < 0 && !HexFormat.of().toHexDigits(crc32c.getValue(), 8).equals(part.checksumCrc32c())) {
                lost = part;
                throw new IOException("part " + part.part() + " is not what was written");
            }
            return count;
        }
    }
}
