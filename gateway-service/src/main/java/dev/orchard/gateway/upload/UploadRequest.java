package dev.orchard.gateway.upload;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import org.jspecify.annotations.Nullable;

/**
 * What the address and the headers of an upload say, before its body is read.
 *
 * @param length how many bytes the file has; null where only its end will tell
 * @param onlyKnownContent whether nothing is to be sent ({@code X-Checksum-Deploy})
 * @param expectsContinue whether the client waits with the body until it is asked for it
 * @param ifMatch the header's value, for the tag
 * @param ifNoneMatch the header's value, for the tag
 */
record UploadRequest(
        ProjectName project,
        PackageName packageName,
        @Nullable TagName tag,
        @Nullable Filename filename,
        @Nullable String contentType,
        @Nullable Sha256 declared,
        @Nullable Long length,
        boolean onlyKnownContent,
        boolean expectsContinue,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {
    /** Whether its bytes are on their way and few, so that asking first would cost more than sending them in vain. */
    boolean isDirect(long limit) {
        return length != null && length < limit && !onlyKnownContent && !expectsContinue;
    }
}
