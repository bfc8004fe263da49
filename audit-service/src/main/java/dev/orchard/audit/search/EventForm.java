package dev.orchard.audit.search;

import org.springframework.http.MediaType;

/** The forms in which the trail is answered; the first one is for who accepts anything. */
enum EventForm {
    /** Page by page. */
    JSON(MediaType.APPLICATION_JSON_VALUE, "events.json"),
    /** All that fits, an item a line. */
    NDJSON(MediaType.APPLICATION_NDJSON_VALUE, "events.ndjson"),
    /** All that fits, as a table with a header row. */
    CSV("text/csv;header=present;charset=UTF-8", "events.csv");

    private final String type;
    private final String filename;

    EventForm(String type, String filename) {
        this.type = type;
        this.filename = filename;
    }

    MediaType type() {
        return MediaType.parseMediaType(type);
    }

    String filename() {
        return filename;
    }

    /** Whether a client that accepts {@code range} accepts this form. */
    boolean isIn(MediaType range) {
        return range.includes(type());
    }
}
