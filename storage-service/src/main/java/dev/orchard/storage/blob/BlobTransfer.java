package dev.orchard.storage.blob;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Moves objects between HTTP and the store: bodies in, streamed answers out, and every outcome as its status. */
@Component
final class BlobTransfer {
    private static final String BLOB_SIZE = "X-Blob-Size";

    private final BlobService blobs;

    BlobTransfer(BlobService blobs) {
        this.blobs = blobs;
    }

    /** Keeps the request's body. The answer is null where the container has sent one of its own. */
    @Nullable
    BlobAnswer write(ObjectKey key, Set<String> digests, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return switch (blobs.write(key, SentBody.of(request, digests))) {
            case WriteOutcome.Written written -> BlobAnswer.of(key, written.size(), written.checksums());
            case WriteOutcome.KeyTaken() ->
                throw new ProblemException(ProblemType.BLOB_EXISTS, "A key is used for one write, ever.");
            case WriteOutcome.BodyBroken(String how) -> {
                SentBody.refuse(how, response);
                yield null;
            }
            case WriteOutcome.TooLarge(long limit) ->
                throw new ProblemException(
                        ProblemType.CONTENT_TOO_LARGE, "This store takes at most " + limit + " bytes of such a body.");
            case WriteOutcome.StoreFull() ->
                throw new ProblemException(ProblemType.STORAGE_FULL, "The store has no room for this blob.");
        };
    }

    void read(ObjectKey key, String range, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (blobs.open(key, BlobRange.parse(range))) {
            case ReadOutcome.Opened(OpenBlob blob) -> send(blob, request, response);
            case ReadOutcome.Missing() -> throw missing();
            case ReadOutcome.OutOfRange(long size) -> throw outOfRange(size);
        }
    }

    void describe(ObjectKey key, String range, HttpServletResponse response) throws IOException {
        long size = blobs.findSize(key).orElseThrow(BlobTransfer::missing);
        describe(BlobRange.parse(range).of(size).orElseThrow(() -> outOfRange(size)), response);
    }

    private void send(OpenBlob opened, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (opened) {
            describe(opened.slice(), response);
            var file = opened.file();
            if (file.isPresent() && SendFile.suits(opened.slice(), request)) {
                SendFile.ask(file.get(), opened.slice(), request);
            } else {
                stream(opened, response);
            }
        }
    }

    /** The headers go first, by themselves: whatever fails later cuts the connection, and nobody takes a part for all. */
    private void stream(OpenBlob opened, HttpServletResponse response) throws IOException {
        var channel = new ResponseChannel(response.getOutputStream());
        response.flushBuffer();
        try {
            opened.writeTo(channel);
        } catch (IOException e) {
            if (channel.isOpen()) {
                blobs.brokeOff(e);
                throw new BlobCutOffException(e);
            }
            throw e;
        }
    }

    private static void describe(BlobSlice slice, HttpServletResponse response) {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(slice.length());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(BLOB_SIZE, Long.toString(slice.size()));
        if (!slice.isWhole()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes %d-%d/%d".formatted(slice.offset(), slice.offset() + slice.length() - 1, slice.size()));
        }
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.BLOB_NOT_FOUND, "No blob has this key.");
    }

    private static ProblemException outOfRange(long size) {
        return new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "The blob has " + size + " bytes.")
                .withHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
                .withHeader(BLOB_SIZE, Long.toString(size));
    }
}
