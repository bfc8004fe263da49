package dev.orchard.audit.search;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes records as NDJSON: in each line one item of the list. */
final class EventLines {
    private final OutputStream out;
    private final ObjectWriter items;

    EventLines(OutputStream out, JsonMapper json) {
        this.out = out;
        this.items = json.writerFor(LedgerItem.class);
    }

    void write(List<LedgerRecord> records) throws IOException {
        for (var found : records) {
            out.write(items.writeValueAsBytes(LedgerItem.of(found).inOneLine()));
            out.write('\n');
        }
    }

    void end() throws IOException {
        out.flush();
    }
}
