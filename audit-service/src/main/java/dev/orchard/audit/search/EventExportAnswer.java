package dev.orchard.audit.search;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with all that fits, as a stream. */
@Component
final class EventExportAnswer {
    private final EventExportService export;
    private final JsonMapper json;

    EventExportAnswer(EventExportService export, JsonMapper json) {
        this.export = export;
        this.json = json;
    }

    void asLines(EventFilter filter, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(EventForm.NDJSON, response);
        if (isRead(request)) {
            var lines = new EventLines(response.getOutputStream(), json);
            export.transfer(filter, lines::write);
            lines.end();
        }
    }

    void asTable(EventFilter filter, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(EventForm.CSV, response);
        if (isRead(request)) {
            var table = EventTable.begin(response.getOutputStream());
            export.transfer(filter, table::write);
            table.end();
        }
    }

    private static void begin(EventForm form, HttpServletResponse response) {
        var file = ContentDisposition.attachment().filename(form.filename()).build();
        response.setHeader(HttpHeaders.CONTENT_TYPE, form.type().toString());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, file.toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static boolean isRead(HttpServletRequest request) {
        return !request.getMethod().equals("HEAD");
    }
}
