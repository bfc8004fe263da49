package dev.orchard.audit.log;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.transparency.TilePath;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/log}: the log as C2SP tlog-tiles has it, with its key and its older checkpoints. */
@RestController
@RequestMapping("/api/v1/audit/log")
final class LogController {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final String FOR_EVER = "max-age=31536000, immutable";

    private final LogReadingService log;

    LogController(LogReadingService log) {
        this.log = log;
    }

    /** Text that may be another one soon. */
    static ResponseEntity<byte[]> text(String text) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noCache())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/key")
    ResponseEntity<byte[]> key() {
        return text(log.key() + "\n");
    }

    @GetMapping("/checkpoint")
    ResponseEntity<byte[]> checkpoint() {
        return text(log.findLatest()
                .orElseThrow(() -> missing("Nothing is signed yet."))
                .note());
    }

    @GetMapping("/checkpoints/{n}")
    ResponseEntity<byte[]> checkpoint(@PathVariable long n) {
        return text(log.find(n)
                .orElseThrow(() -> missing("There is no checkpoint " + n + "."))
                .note());
    }

    @GetMapping("/tile/{*path}")
    void tile(@PathVariable String path, HttpServletResponse response) throws IOException {
        var opened = TilePath.parse("tile" + path).flatMap(log::open);
        try (var piece = opened.orElseThrow(() -> missing("The log has no tile by this path, or not yet."))) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
            response.setContentLengthLong(piece.length());
            piece.transferTo(response.getOutputStream());
        }
    }

    private static ProblemException missing(String detail) {
        return new ProblemException(ProblemType.LOG_PIECE_NOT_FOUND, detail);
    }
}
