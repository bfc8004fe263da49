package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;

/**
 * What a log turned out to hold that is as it was signed.
 *
 * @param strangers files in the folder that the checkpoint does not speak of
 */
record Summary(Checkpoint signed, Tally tally, long strangers) {
    /**
     * What the entries are.
     *
     * @param counted events in closed epochs
     * @param tail events of the database that no epoch has closed yet
     * @param ghosts records that the database disclaims
     * @param own the audit service's own statements
     * @param malformed entries that are no events
     */
    record Tally(long epochs, long counted, long tail, long ghosts, long own, long malformed) {}

    String text() {
        var text = new StringBuilder(
                "ok: %s, %d entries, root %s%n".formatted(signed.origin(), signed.size(), signed.root()));
        text.append("%d epochs recounted, %d events%n".formatted(tally.epochs(), tally.counted()));
        say(text, tally.tail(), "events are after the last epoch: no epoch counts them yet");
        say(text, tally.ghosts(), "records are disclaimed by the database, and left out of the count");
        say(text, tally.own(), "statements are the audit service's own");
        say(text, tally.malformed(), "entries are no events");
        say(text, strangers, "files are not of this checkpoint's log, and were not checked");
        return text.toString();
    }

    private static void say(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(count).append(' ').append(what).append(System.lineSeparator());
        }
    }
}
