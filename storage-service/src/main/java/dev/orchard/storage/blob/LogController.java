package dev.orchard.storage.blob;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The pieces of the transparency log over HTTP; there is no way to remove one ({@code docs/services.md}). */
@RestController
@RequestMapping("/log/{*path}")
final class LogController {
    private final BlobTransfer transfer;

    LogController(BlobTransfer transfer) {
        this.transfer = transfer;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Nullable
    BlobAnswer write(@PathVariable String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return transfer.write(key(path), Set.of(), request, response);
    }

    @GetMapping
    void read(
            @PathVariable String path,
            @RequestHeader(defaultValue = "") String range,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        transfer.read(key(path), range, request, response);
    }

    private static LogKey key(String path) {
        return new LogKey(path.substring(1));
    }
}
