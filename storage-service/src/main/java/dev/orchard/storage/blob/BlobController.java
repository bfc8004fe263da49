package dev.orchard.storage.blob;

import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Blobs over HTTP, streamed in both directions ({@code docs/services.md}). */
@RestController
@RequestMapping("/blobs/{key}")
final class BlobController {
    private static final String BLOB_SIZE = "X-Blob-Size";

    private final BlobService blobs;
    private final ProblemWriter problems;

    BlobController(BlobService blobs, ProblemWriter problems) {
        this.blobs = blobs;
        this.problems = problems;
    }

    /** What was written, as the gateway hands it on to the metadata service. */
    record BlobAnswer(
            String key,
            long size,
            Sha256 sha256,
            String checksumCrc32c,
            @Nullable String checksumSha1,
            @Nullable String checksumMd5) {}

    @PutMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Nullable
    BlobAnswer write(
            @PathVariable BlobKey key,
            @RequestParam(defaultValue = "") Set<String> digests,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return switch (blobs.write(key, content(request, digests))) {
            case WriteOutcome.Written written -> answer(key, written);
            case WriteOutcome.KeyTaken() ->
                throw new ProblemException(ProblemType.BLOB_EXISTS, "A key is used for one write, ever.");
            case WriteOutcome.BodyBroken(String how) -> refuse(how, response);
            case WriteOutcome.TooLarge(long limit) ->
                throw new ProblemException(
                        ProblemType.CONTENT_TOO_LARGE, "This store takes at most " + limit + " bytes of such a body.");
            case WriteOutcome.StoreFull() ->
                throw new ProblemException(ProblemType.STORAGE_FULL, "The store has no room for this blob.");
        };
    }

    @GetMapping
    void read(
            @PathVariable BlobKey key,
            @RequestHeader(defaultValue = "") String range,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        switch (blobs.open(key, BlobRange.parse(range))) {
            case ReadOutcome.Opened(OpenBlob blob) -> send(blob, request, response);
            case ReadOutcome.Missing() -> throw missing();
            case ReadOutcome.OutOfRange(long size) -> throw outOfRange(size);
        }
    }

    @RequestMapping(method = RequestMethod.HEAD)
    void describe(
            @PathVariable BlobKey key, @RequestHeader(defaultValue = "") String range, HttpServletResponse response)
            throws IOException {
        long size = blobs.findSize(key).orElseThrow(BlobController::missing);
        describe(BlobRange.parse(range).of(size).orElseThrow(() -> outOfRange(size)), response);
    }

    @GetMapping("/link")
    BlobLink link(
            @PathVariable BlobKey key,
            @RequestParam String filename,
            @RequestParam(name = "content_type", defaultValue = MediaType.APPLICATION_OCTET_STREAM_VALUE)
                    String contentType) {
        String disposition = ContentDisposition.attachment()
                .filename(filename, StandardCharsets.UTF_8)
                .build()
                .toString();
        return blobs.link(key, contentType, disposition)
                .orElseThrow(() -> new ProblemException(ProblemType.ROUTE_NOT_FOUND, "This store has no links."));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable BlobKey key) throws IOException {
        blobs.delete(key);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(StoreUnavailableException failure, HttpServletRequest request) {
        return problems.entity(
                new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The store cannot be reached; try again.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "1"),
                request);
    }

    private static BlobContent content(HttpServletRequest request, Set<String> digests) throws IOException {
        long length = request.getContentLengthLong();
        return new BlobContent(
                request.getInputStream(),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                digests.stream().map(ExtraDigest::of).collect(Collectors.toSet()));
    }

    private static BlobAnswer answer(BlobKey key, WriteOutcome.Written written) {
        var sums = written.checksums();
        return new BlobAnswer(key.toString(), written.size(), sums.sha256(), sums.crc32c(), sums.sha1(), sums.md5());
    }

    /** The container has answered by itself where it was the one to find the body cut off. */
    private static @Nullable BlobAnswer refuse(String how, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        throw new ProblemException(ProblemType.MALFORMED_REQUEST, how);
    }

    private static void send(OpenBlob opened, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
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
    private static void stream(OpenBlob opened, HttpServletResponse response) throws IOException {
        var channel = new ResponseChannel(response.getOutputStream());
        response.flushBuffer();
        try {
            opened.writeTo(channel);
        } catch (IOException e) {
            throw channel.isOpen() ? new BlobCutOffException(e) : e;
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
