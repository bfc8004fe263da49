package dev.orchard.audit.status;

import dev.orchard.audit.epoch.LagStatus;
import dev.orchard.audit.epoch.RecountStatus;
import dev.orchard.audit.log.LogStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not as it should be, in words.
 *
 * @param gaps why the trail cannot be called complete
 * @param notes what else someone should look at
 */
record Findings(List<String> gaps, List<String> notes) {
    static Findings of(RecountStatus recount, @Nullable LagStatus lag, LedgerTotals totals, LogStatus log) {
        var findings = new Findings(new ArrayList<>(), new ArrayList<>());
        findings.gap(lag == null, "The database that logs the events cannot be read.");
        findings.gap(
                recount.failing() > 0,
                "%d epochs are not held as they were counted, %d events are missing."
                        .formatted(recount.failing(), recount.missing()));
        findings.gap(
                recount.chainBreaks() > 0,
                "%d changes of reference counts lack the one before.".formatted(recount.chainBreaks()));
        findings.gap(!recount.isFresh(), stale(recount));
        findings.gap(log.refused() != null, "The log is not signed: %s.".formatted(log.refused()));
        findings.note(
                recount.ghosts() > 0,
                "%d records of the ledger are not known to the database: it was set back, or they were forged."
                        .formatted(recount.ghosts()));
        findings.note(
                totals.conflicts() > 0, "%d payloads came under the id of another one.".formatted(totals.conflicts()));
        findings.note(totals.malformed() > 0, "%d records are no events.".formatted(totals.malformed()));
        return findings;
    }

    boolean areComplete() {
        return gaps.isEmpty();
    }

    @Nullable
    String text() {
        var all = new ArrayList<>(gaps);
        all.addAll(notes);
        return all.isEmpty() ? null : String.join(" ", all);
    }

    private static String stale(RecountStatus recount) {
        return recount.lastClosedAt() == null
                ? "No epoch was closed yet."
                : "No epoch was closed since %s: the database, the way from there or a long transaction holds it up."
                        .formatted(recount.lastClosedAt());
    }

    private void gap(boolean isThere, String text) {
        if (isThere) {
            gaps.add(text);
        }
    }

    private void note(boolean isThere, String text) {
        if (isThere) {
            notes.add(text);
        }
    }
}
