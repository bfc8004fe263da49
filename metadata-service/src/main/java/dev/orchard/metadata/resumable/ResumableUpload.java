package dev.orchard.metadata.resumable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.metadata.upload.StoredUpload;
import dev.orchard.metadata.upload.UploadAnswer;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload that comes in parts, as it is now.
 *
 * @param handle the storage service's name for it
 * @param receivedBytes the sum of its parts
 * @param digestState the digest over the first {@code digestBytes}, to go on with
 * @param writer who holds this number may append
 * @param answer what is told of it once it is completed; all but the address is null or nothing then
 */
record ResumableUpload(
        UUID uploadId,
        @Nullable ResumableKind kind,
        String status,
        ProjectName project,
        @JsonProperty("package") PackageName packageName,
        @Nullable TagName tag,
        String filename,
        String contentType,
        @Nullable Long size,
        @Nullable Sha256 sha256,
        long partSize,
        @Nullable String storageKey,
        @Nullable String handle,
        long receivedBytes,
        List<UploadPart> parts,
        @Nullable String digestState,
        @Nullable Long digestBytes,
        long writer,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable UploadAnswer answer) {

    static ResumableUpload completed(UploadAnswer answer) {
        return new ResumableUpload(
                answer.uploadId(),
                null,
                "completed",
                answer.project(),
                answer.packageName(),
                answer.tag(),
                answer.filename(),
                answer.contentType(),
                answer.size(),
                answer.sha256(),
                0,
                null,
                null,
                answer.size(),
                List.of(),
                null,
                null,
                0,
                null,
                null,
                answer.uploadedAt(),
                null,
                answer);
    }

    boolean belongsTo(ProjectName otherProject, PackageName otherPackage) {
        return project.equals(otherProject) && packageName.equals(otherPackage);
    }

    /** This upload with its bytes stored as a blob. */
    StoredUpload stored(AssembledBlob blob) {
        return new StoredUpload(
                project,
                packageName,
                tag,
                filename,
                contentType,
                blob.sha256(),
                blob.size(),
                blob.checksumCrc32c(),
                blob.checksumSha1(),
                blob.checksumMd5(),
                ifMatch,
                ifNoneMatch,
                null);
    }
}
