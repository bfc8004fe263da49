package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Holds rows and files against each other, at the end and all the while. */
final class LiveBlobs {
    private static final long PAUSE = Duration.ofMillis(300).toNanos();
    private static final String KEYS = "SELECT storage_key FROM orchard.artifacts ORDER BY storage_key";

    private final Trail trail;
    private final BlobFolder store;

    LiveBlobs(RunningOrchard orchard) {
        this.trail = new Trail(orchard);
        this.store = new BlobFolder(orchard);
    }

    /** Until it is over: no row without its file, no count that is not its tags'. Answers how often it looked. */
    int watch(StressJudge judge, AtomicBoolean over) {
        int looks = 0;
        while (!over.get()) {
            long begun = System.nanoTime();
            try {
                look(judge);
                looks++;
            } catch (SQLException e) {
                if (!judge.isExcused(begun)) {
                    judge.violation("the database cannot be asked: " + e);
                }
            }
            LockSupport.parkNanos(PAUSE);
        }
        return looks;
    }

    private void look(StressJudge judge) throws SQLException {
        trail.wrongCounts().forEach(wrong -> judge.violation("the count of " + wrong));
        for (String key : trail.ids("orchard", KEYS)) {
            // The row goes before the file: a file that is missing is none only while its row is still there after it.
            if (!Files.exists(store.file(key))
                    && !trail.ids("orchard", "SELECT 1 FROM orchard.artifacts WHERE storage_key = '" + key + "'")
                            .isEmpty()) {
                judge.violation("the blob of a row is gone: " + key);
            }
        }
    }

    /** The store holds exactly what the rows say, to the last byte; nothing waits for its deletion. */
    void assertExact() throws SQLException, IOException {
        assertThat(trail.ids("orchard", "SELECT storage_key FROM orchard.deletion_queue WHERE deleted_at IS NULL"))
                .isEmpty();
        assertThat(trail.ids("orchard", "SELECT storage_key FROM orchard.upload_intents"))
                .isEmpty();
        assertThat(trail.ids("orchard", "SELECT storage_key FROM orchard.resumable_uploads"))
                .isEmpty();
        assertThat(store.blobs().keySet()).containsExactlyInAnyOrderElementsOf(trail.ids("orchard", KEYS));
        List<String> rows = trail.ids(
                "orchard", "SELECT storage_key || ' ' || orchard.hex(id) || ' ' || size FROM orchard.artifacts");
        for (String row : rows) {
            String[] columns = row.split(" ");
            byte[] bytes = Files.readAllBytes(store.file(columns[0]));
            assertThat(OrchardClient.sha256(bytes) + " " + bytes.length).isEqualTo(columns[1] + " " + columns[2]);
        }
    }
}
