package dev.orchard.audit.search;

import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Service;

/** Hands out all records that fit, chunk by chunk: neither memory nor a transaction grows with their number. */
@Service
final class EventExportService {
    private final EventSearchService events;

    EventExportService(EventSearchService events) {
        this.events = events;
    }

    /** Where the records go, the newest first. */
    interface Target {
        void write(List<LedgerRecord> records) throws IOException;
    }

    /** What is appended meanwhile is not part of it: it would come before the first record. */
    void transfer(EventFilter filter, Target target) throws IOException {
        var records = events.findBefore(filter, null);
        while (!records.isEmpty()) {
            target.write(records);
            records = events.findBefore(filter, records.getLast().position());
        }
    }
}
