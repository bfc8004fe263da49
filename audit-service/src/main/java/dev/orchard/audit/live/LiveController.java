package dev.orchard.audit.live;

import dev.orchard.audit.search.EventFilter;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/v1/events}: what is logged, as it is logged. Each stream is a virtual thread that reads and writes. */
@RestController
final class LiveController {
    private static final Logger log = LoggerFactory.getLogger(LiveController.class);

    private final LiveService live;
    private final LiveSettings settings;
    private final JsonMapper json;

    LiveController(LiveService live, LiveSettings settings, JsonMapper json) {
        this.live = live;
        this.settings = settings;
        this.json = json;
    }

    /** @param given the same as the header, for clients that cannot send it; what a client was sent since then is newer */
    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void follow(
            EventFilter filter,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "last_event_id", required = false) @Nullable String given,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        var after = position(lastEventId == null ? given : lastEventId);
        try (var stream = opened(live.open(filter, after))) {
            response.setHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            if (!request.getMethod().equals("HEAD")) {
                transfer(stream, new EventStreamWriter(response.getOutputStream(), json));
            }
        } catch (IOException e) {
            log.debug("a reader of live events is gone, or takes nothing in: {}", e.toString());
        }
    }

    private void transfer(LiveStream stream, EventStreamWriter out) throws IOException, InterruptedException {
        out.begin(settings.retry(), stream.position());
        while (stream.isOpen()) {
            var records = stream.next();
            if (records.isEmpty()) {
                out.heartbeat(stream.position());
            } else {
                out.write(records);
            }
        }
    }

    private static @Nullable Long position(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            long position = Long.parseLong(text);
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw ProblemException.invalid("last_event_id", "must be the id of an event of this stream, or 0");
    }

    private static LiveStream opened(OpenOutcome outcome) {
        return switch (outcome) {
            case OpenOutcome.Opened opened -> opened.stream();
            case OpenOutcome.BeyondTheEnd beyond ->
                throw ProblemException.invalid(
                                "last_event_id",
                                "is beyond the ledger's end, which is " + beyond.end()
                                        + ": the ledger was restored to an earlier state, or the id is not from here")
                        .with("ledger_end", beyond.end());
            case OpenOutcome.TooMany many ->
                throw new ProblemException(
                                ProblemType.TOO_MANY_STREAMS, "There are " + many.streams() + " already; try later.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "10");
            case OpenOutcome.Stopping stopping ->
                throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "This service is stopping; try again.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "1");
        };
    }
}
