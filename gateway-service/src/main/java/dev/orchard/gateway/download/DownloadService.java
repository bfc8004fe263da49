package dev.orchard.gateway.download;

import dev.orchard.gateway.download.BlobReadClient.OpenOutcome;
import dev.orchard.gateway.download.ContentClient.FindOutcome;
import dev.orchard.gateway.download.ContentClient.Question;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Service;

/** Gives content out: only bytes of a blob that is there and as long as the artifact. */
@Service
class DownloadService {
    private final ContentClient contents;
    private final BlobReadClient blobs;
    private final Counter bytes;

    DownloadService(ContentClient contents, BlobReadClient blobs, MeterRegistry meters) {
        this.contents = contents;
        this.blobs = blobs;
        this.bytes = meters.counter("orchard.download.bytes");
    }

    FindOutcome find(Question question) {
        return contents.find(question);
    }

    Optional<URI> link(Content content) {
        return blobs.link(content);
    }

    /**
     * Opens content at a range. A key that leads nowhere may have been replaced since it was asked for (a blob is
     * healed under a fresh one), so it is asked for again before a blob is called missing.
     */
    OpenOutcome open(HttpMethod method, Question question, Content content, ByteRange range) {
        var outcome = blobs.open(method, content, range);
        if (outcome instanceof OpenOutcome.Damaged
                && contents.find(question) instanceof FindOutcome.Found(Content now)
                && now.artifactId().equals(content.artifactId())
                && !now.storageKey().equals(content.storageKey())) {
            outcome = blobs.open(method, now, range);
        }
        if (outcome instanceof OpenOutcome.Damaged damaged) {
            contents.reportUnavailable(question, content, damaged.foundSize());
        }
        return outcome;
    }

    /** All of a few bytes. @throws IOException if they end early */
    byte[] read(OpenOutcome.Opened opened) throws IOException {
        var few = new ByteArrayOutputStream((int) opened.range().length());
        transfer(opened, few);
        return few.toByteArray();
    }

    /** @throws IOException if the bytes end early or the reader goes away; what was written then is no whole */
    void transfer(OpenOutcome.Opened opened, OutputStream out) throws IOException {
        bytes.increment((double) opened.transferTo(out));
    }

    /** Hands on several ranges as {@code multipart/byteranges}, the first of which is open. */
    void transfer(Question question, Content content, OpenOutcome.Opened first, ByteRanges parts, OutputStream out)
            throws IOException {
        parts.writeHead(first.range(), out);
        transfer(first, out);
        for (ByteRange range : parts.ranges().subList(1, parts.ranges().size())) {
            parts.writeHead(range, out);
            switch (open(HttpMethod.GET, question, content, range)) {
                case OpenOutcome.Opened opened -> transferAndClose(opened, out);
                case OpenOutcome.Damaged damaged -> throw new IOException("the blob is damaged");
                case OpenOutcome.Unavailable unavailable -> throw new IOException("the blob cannot be read on");
            }
        }
        parts.writeEnd(out);
    }

    private void transferAndClose(OpenOutcome.Opened opened, OutputStream out) throws IOException {
        try (opened) {
            transfer(opened, out);
        }
    }
}
