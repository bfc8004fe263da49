package dev.orchard.storage.blob;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
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
    private final BlobService blobs;
    private final BlobTransfer transfer;

    BlobController(BlobService blobs, BlobTransfer transfer) {
        this.blobs = blobs;
        this.transfer = transfer;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Nullable
    BlobAnswer write(
            @PathVariable BlobKey key,
            @RequestParam(defaultValue = "") Set<String> digests,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        return transfer.write(key, digests, request, response);
    }

    @GetMapping
    void read(
            @PathVariable BlobKey key,
            @RequestHeader(defaultValue = "") String range,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        transfer.read(key, range, request, response);
    }

    @RequestMapping(method = RequestMethod.HEAD)
    void describe(
            @PathVariable BlobKey key, @RequestHeader(defaultValue = "") String range, HttpServletResponse response)
            throws IOException {
        transfer.describe(key, range, response);
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
}
