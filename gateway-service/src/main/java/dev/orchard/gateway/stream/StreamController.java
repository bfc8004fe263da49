package dev.orchard.gateway.stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Live events, and the trail in pages or whole. What is read from behind is written and flushed before more is read. */
@RestController
@RequestMapping("/api/v1")
class StreamController {
    private static final Logger log = LoggerFactory.getLogger(StreamController.class);
    private static final int BUFFER = 16 * 1024;
    private static final List<String> PASSED_ON = List.of(HttpHeaders.ACCEPT, "Last-Event-ID");

    private final StreamService streams;

    StreamController(StreamService streams) {
        this.streams = streams;
    }

    /** A live stream has no whole that could be cut: whichever side ends it, the other just ends. */
    @GetMapping("/events")
    void follow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var stream = streams.follow(target(request), headers(request))) {
            begin(stream, response);
            if (isRead(request)) {
                try {
                    transfer(stream.body(), response.getOutputStream());
                } catch (IOException e) {
                    log.debug("a live stream ended: {}", e.toString());
                }
            }
        }
    }

    @GetMapping("/audit/events")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var stream = streams.list(target(request), headers(request))) {
            begin(stream, response);
            if (isRead(request)) {
                response.flushBuffer(); // what breaks from here on breaks the connection
                transfer(stream.body(), response.getOutputStream());
            }
        }
    }

    private static void begin(OpenStream stream, HttpServletResponse response) throws IOException {
        response.setStatus(stream.status());
        stream.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    private static void transfer(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return !request.getMethod().equals("HEAD");
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static HttpHeaders headers(HttpServletRequest request) {
        var headers = new HttpHeaders();
        for (String name : PASSED_ON) {
            Collections.list(request.getHeaders(name)).forEach(value -> headers.add(name, value));
        }
        return headers;
    }
}
