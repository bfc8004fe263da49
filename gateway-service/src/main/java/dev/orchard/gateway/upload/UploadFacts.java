package dev.orchard.gateway.upload;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.gateway.upload.BlobClient.PutOutcome.Stored;
import dev.orchard.gateway.upload.UploadBody.About;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import org.jspecify.annotations.Nullable;

/** What the metadata service is told of an upload, before its bytes are sent and again after. */
public record UploadFacts(
        ProjectName project,
        @JsonProperty("package") PackageName packageName,
        @Nullable TagName tag,
        Filename filename,
        String contentType,
        @Nullable Sha256 sha256,
        @Nullable Long size,
        @Nullable String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable StorageKey storageKey,
        boolean direct) {
    private static final String ANY_TYPE = "application/octet-stream";

    /**
     * What the headers say. The digest of a file in a form is kept back, for the form's own fields count and an answer
     * without reading them would miss the tag.
     */
    static UploadFacts declared(UploadRequest request, UploadBody body, boolean direct) {
        boolean allIsSaid = body instanceof RawBody || request.onlyKnownContent();
        return new UploadFacts(
                request.project(),
                request.packageName(),
                request.tag(),
                request.filename() == null ? Filename.of(request.packageName()) : request.filename(),
                request.contentType() == null ? ANY_TYPE : request.contentType(),
                allIsSaid ? request.declared() : null,
                request.length(),
                null,
                null,
                null,
                request.ifMatch(),
                request.ifNoneMatch(),
                null,
                direct);
    }

    /**
     * What is true of the stored bytes; the address says more than the form does.
     *
     * @throws InvalidValueException if address and form name different tags
     */
    static UploadFacts stored(UploadRequest request, About about, Stored stored, Destination destination) {
        var filename = request.filename() == null ? about.filename() : request.filename();
        var contentType = request.contentType() == null ? about.contentType() : request.contentType();
        return new UploadFacts(
                request.project(),
                request.packageName(),
                tag(request.tag(), about.tag()),
                filename == null ? Filename.of(request.packageName()) : filename,
                contentType == null ? ANY_TYPE : contentType,
                stored.sha256(),
                stored.size(),
                stored.checksumCrc32c(),
                stored.checksumSha1(),
                stored.checksumMd5(),
                request.ifMatch(),
                request.ifNoneMatch(),
                destination.isDirect() ? destination.storageKey() : null,
                destination.isDirect());
    }

    private static @Nullable TagName tag(@Nullable TagName address, @Nullable TagName form) {
        if (address != null && form != null && !address.equals(form)) {
            throw new InvalidValueException("tag", "is another in the form than in the address");
        }
        return address == null ? form : address;
    }
}
