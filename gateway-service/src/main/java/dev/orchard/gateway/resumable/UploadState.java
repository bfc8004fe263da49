package dev.orchard.gateway.resumable;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an upload in parts stands, for its client.
 *
 * @param upload the answer of one that is completed
 */
record UploadState(
        String uploadId,
        String status,
        @Nullable Long size,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long partSize,
        List<PartState> parts,
        long receivedBytes,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode upload) {
    /** A part that is there. */
    record PartState(int part, long size, String checksumCrc32c) {
        static PartState of(Part part) {
            return new PartState(part.part(), part.size(), part.checksumCrc32c());
        }
    }

    static UploadState of(OpenUpload upload) {
        var parts = upload.parts().stream()
                .map(PartState::of)
                .sorted(Comparator.comparingInt(PartState::part))
                .toList();
        return new UploadState(
                upload.uploadId(),
                "in_progress",
                upload.size(),
                upload.partSize(),
                parts,
                upload.receivedBytes(),
                upload.expiresAt(),
                null);
    }

    static UploadState completed(String uploadId, JsonNode answer) {
        long size = answer.path("size").asLong(0);
        return new UploadState(uploadId, "completed", size, null, List.of(), size, null, answer);
    }
}
