package dev.orchard.gateway.resumable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.gateway.upload.StorageKey;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An upload that is no artifact yet, as the metadata service knows it.
 *
 * @param handle the store's name for what it has of it
 * @param digestState what is known of the whole's digest after {@code digestBytes} bytes
 * @param writer who may append; null while nobody ever did
 */
public record OpenUpload(
        String uploadId,
        Kind kind,
        ProjectName project,
        @JsonProperty("package") PackageName packageName,
        @Nullable TagName tag,
        String filename,
        String contentType,
        @Nullable Long size,
        @Nullable Sha256 sha256,
        long partSize,
        StorageKey storageKey,
        String handle,
        long receivedBytes,
        List<Part> parts,
        @Nullable String digestState,
        @Nullable Long digestBytes,
        @Nullable Long writer,
        Instant expiresAt) {
    public PartPlan plan() {
        return new PartPlan(size, partSize);
    }

    public Optional<Part> part(int number) {
        return parts.stream().filter(part -> part.part() == number).findFirst();
    }

    /** The same with a part more, or with this write of a part in place of the one before it. */
    public OpenUpload with(PartOutcome.Stored stored) {
        long before = part(stored.part()).map(Part::size).orElse(0L);
        var others = parts.stream().filter(part -> part.part() != stored.part());
        long received = receivedBytes - before + stored.size();
        return new OpenUpload(
                uploadId,
                kind,
                project,
                packageName,
                tag,
                filename,
                contentType,
                size,
                sha256,
                partSize,
                storageKey,
                handle,
                received,
                Stream.concat(others, Stream.of(stored.asPart())).toList(),
                stored.digestState(),
                stored.digestState() == null ? null : plan().start(stored.part()) + stored.size(),
                writer,
                expiresAt);
    }

    /** The digest's state after exactly so many bytes, where it is known. */
    public @Nullable String digestStateAt(long bytes) {
        return digestBytes != null && digestBytes == bytes ? digestState : null;
    }

    /** Whether every byte of it is there. */
    public boolean isWhole() {
        return size != null && size == receivedBytes;
    }
}
