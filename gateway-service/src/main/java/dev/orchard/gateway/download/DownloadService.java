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
    /** How often content may get a fresh key while one reader tries to open it. */
    private static final int ATTEMPTS = 10;

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
     * Opens content at a range. A key that leads nowhere may belong to the past: a blob is healed, or collected and
     * stored again, under a fresh one, and a tag is moved or deleted before its blob goes. So the question is asked
     * again before a blob is called missing.
     */
    OpenOutcome open(HttpMethod method, Question question, Content content, ByteRange range) {
        var asked = content;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var outcome = blobs.open(method, asked, range);
            if (!(outcome instanceof OpenOutcome.Damaged damaged)) {
                return outcome;
            }
            switch (contents.find(question)) {
                case FindOutcome.Refused(var refusal) -> {
                    return new OpenOutcome.Gone(refusal);
                }
                case FindOutcome.Found(var now) -> {
                    if (!now.artifactId().equals(content.artifactId())) {
                        return new OpenOutcome.Moved(now);
                    }
                    if (now.storageKey().equals(asked.storageKey())) {
                        contents.reportUnavailable(question, asked, damaged.foundSize());
                        return damaged;
                    }
                    asked = now;
                }
            }
        }
        return new OpenOutcome.Unavailable();
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
                case OpenOutcome.Moved moved -> throw new IOException("the tag is another's now");
                case OpenOutcome.Gone gone -> throw new IOException("the content is gone");
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
