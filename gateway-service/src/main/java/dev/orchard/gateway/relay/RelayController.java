package dev.orchard.gateway.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The list of what is relayed. An address that is not here leads nowhere, whatever the services behind would say. */
@RestController
@RequestMapping("/api/v1")
class RelayController {
    private static final String PROJECTS = "/projects";
    private static final String PROJECT = "/project/{project}";
    private static final String PACKAGES = PROJECT + "/packages";
    private static final String PACKAGE = PACKAGES + "/{package}";
    private static final String TAGS = PACKAGE + "/tags";
    private static final String TAG = TAGS + "/{tag}";
    private static final String GC = "/admin/gc";
    private static final String CHECKS = "/admin/fsck";
    private static final String CHECK = CHECKS + "/{job_id}";

    private static final List<String> PASSED_ON =
            List.of(HttpHeaders.ACCEPT, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);

    private final RelayService relay;
    private final JsonBody bodies;

    RelayController(RelayService relay, JsonBody bodies) {
        this.relay = relay;
        this.bodies = bodies;
    }

    @GetMapping({
        PROJECTS,
        PROJECT,
        PACKAGES,
        PACKAGE,
        TAGS,
        TAG,
        TAG + "/history",
        PACKAGE + "/artifacts",
        PROJECT + "/stats",
        "/artifacts/{sha256}",
        "/search",
        "/stats",
        CHECKS,
        CHECK
    })
    ResponseEntity<byte[]> read(HttpServletRequest request) {
        return answer(relay.askMetadata(question(HttpMethod.GET, request, new byte[0])));
    }

    @PostMapping({PROJECTS, PACKAGES})
    ResponseEntity<byte[]> create(HttpServletRequest request) {
        return answer(relay.askMetadata(question(HttpMethod.POST, request, bodies.read(request))));
    }

    @PostMapping(CHECKS)
    ResponseEntity<byte[]> check(HttpServletRequest request) {
        return answer(relay.askMetadata(question(HttpMethod.POST, request, bodies.readOptional(request))));
    }

    @PostMapping(GC)
    ResponseEntity<byte[]> collect(HttpServletRequest request) {
        return answer(relay.askMetadataPatiently(question(HttpMethod.POST, request, bodies.readOptional(request))));
    }

    @PutMapping(TAG)
    ResponseEntity<byte[]> put(HttpServletRequest request) {
        return answer(relay.askMetadata(question(HttpMethod.PUT, request, bodies.read(request))));
    }

    @DeleteMapping({PROJECT, PACKAGE, TAG, CHECK})
    ResponseEntity<byte[]> delete(HttpServletRequest request) {
        return answer(relay.askMetadata(question(HttpMethod.DELETE, request, new byte[0])));
    }

    @GetMapping({
        "/audit/events/{event_id}",
        "/audit/events/{event_id}/proof",
        "/audit/log/checkpoint",
        "/audit/log/checkpoints/{n}",
        "/audit/log/key",
        "/audit/status"
    })
    ResponseEntity<byte[]> readTrail(HttpServletRequest request) {
        return answer(relay.askAudit(question(HttpMethod.GET, request, new byte[0])));
    }

    /** A bundle of entries can have 16 MB, so it is never held as a whole. */
    @GetMapping("/audit/log/tile/{*path}")
    void readTile(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var answer = relay.openAudit(question(HttpMethod.GET, request, new byte[0]))) {
            response.setStatus(answer.status().value());
            answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            answer.transferTo(response.getOutputStream());
        }
    }

    /** A HEAD is asked as a GET, whose length it shares; the container leaves the body out. */
    private static RelayedRequest question(HttpMethod method, HttpServletRequest request, byte[] body) {
        String query = request.getQueryString();
        var headers = new HttpHeaders();
        for (String name : PASSED_ON) {
            Collections.list(request.getHeaders(name)).forEach(value -> headers.add(name, value));
        }
        return new RelayedRequest(method, request.getRequestURI() + (query == null ? "" : "?" + query), headers, body);
    }

    private static ResponseEntity<byte[]> answer(RelayedAnswer answer) {
        return ResponseEntity.status(answer.status()).headers(answer.headers()).body(answer.body());
    }
}
