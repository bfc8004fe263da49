package dev.orchard.transparency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What somebody could do to a log who has its files, and not its key. */
class TamperingTest {
    private final Verifying verifying = new Verifying();
    private final Trail trail = new Trail(Verifying.random()).log(290).close().log(9);
    private final WrittenLog log = verifying.log(trail, 270);

    @Test
    void findsEveryFileThatIsMissing() {
        for (String path : log.files().keySet()) {
            if (!path.equals("checkpoint") && !log.isStale(path)) {
                assertThat(verifying.refuse(log.without(path)))
                        .isEqualTo(path + " is missing, and the signed checkpoint promises it");
            }
        }
    }

    @Test
    void findsEveryTruncation() {
        log.files().forEach((path, bytes) -> {
            for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
                assertThat(verifying.refuse(log.with(path, Arrays.copyOf(bytes, length))))
                        .contains(path);
            }
        });
    }

    @Test
    void findsBytesAfterTheEndOfEachFile() {
        log.files()
                .forEach((path, bytes) -> assertThat(
                                verifying.refuse(log.with(path, Arrays.copyOf(bytes, bytes.length + 1))))
                        .contains(path));
    }

    @Test
    void namesTheFirstOfTwoEntriesThatChangedPlaces() {
        Collections.swap(trail.entries(), 17, 280);
        var other = verifying.log(trail);
        var swapped = log;
        for (String path : List.of("tile/entries/000", "tile/entries/001.p/44")) {
            swapped = swapped.with(path, other.files().get(path));
        }
        assertThat(verifying.refuse(swapped)).startsWith("entry 17 (event ").contains("are not those that were signed");
    }

    @Test
    void findsAnEntryThatWasChangedAddedOrRemovedWhenAllWasHashedAgainButNotSigned() {
        assertThat(notSigned(entries -> entries.set(280, other()))).endsWith("but not with the root that was signed");
        assertThat(notSigned(entries -> entries.add(280, other()))).endsWith("but not with the root that was signed");
        assertThat(notSigned(entries -> {
                    entries.remove(3);
                    entries.add(other());
                }))
                .endsWith("but not with the root that was signed");
    }

    @Test
    void saysFromWhereOnAnEntryMayBeWrongWhenAllWasHashedAgain() {
        trail.entries().set(280, other());
        var rehashed = verifying.log(trail).with("checkpoint", log.files().get("checkpoint"));
        assertThat(verifying.refuse(rehashed, checkpoint(trail.entries().subList(0, 257))))
                .endsWith("; those before entry 257 are as the older one has them");
    }

    @Test
    void namesTheRangeWhereEntriesAndTheirTileWereChangedTogether() {
        trail.entries().set(5, other());
        var other = verifying.log(trail);
        var changed = log.with("tile/entries/000", other.files().get("tile/entries/000"))
                .with("tile/0/000", other.files().get("tile/0/000"));
        assertThat(verifying.refuse(changed))
                .isEqualTo(
                        "entries 0 to 255: one of them is not what was signed; tile/0/000 was changed with it, but not"
                                + " tile/1/000.p/1, hash 0");
    }

    @Test
    void acceptsALogThatGoesOnFromAnOlderCheckpoint() throws TamperedException {
        for (int size : new int[] {0, 1, 255, 256, 257, 299, 300}) {
            var older = checkpoint(trail.entries().subList(0, size));
            new Verifier(log, Bundle::new, verifying.key.verifier(), Optional.of(older)).verify();
        }
    }

    @Test
    void findsThatTheLogWasSetBack() {
        var older = checkpoint(trail.entries());
        trail.entries().removeLast();
        assertThat(verifying.refuse(verifying.log(trail), older))
                .isEqualTo("checkpoint: the log has 299 entries, and had 300: it was set back");
    }

    @Test
    void findsThatTheLogWasForked() {
        for (int size : new int[] {6, 255, 256, 257, 299, 300}) {
            var entries = new ArrayList<>(trail.entries().subList(0, size));
            entries.set(5, other());
            assertThat(verifying.refuse(log, checkpoint(entries)))
                    .startsWith("the first " + size + " entries are not those of the older checkpoint");
        }
    }

    @Test
    void findsTheCheckpointOfAnotherKeyOrAnotherLog() {
        var otherKey = SigningKey.generate(bytes -> "orchard.test");
        var forged = WrittenLog.of(otherKey, trail.entries()).files().get("checkpoint");
        assertThat(verifying.refuse(log.with("checkpoint", forged))).startsWith("checkpoint: the note is not signed");
        String text = new Checkpoint("orchard.other", 0, Hash.EMPTY).text();
        var foreign = verifying.key.sign(text).getBytes(StandardCharsets.UTF_8);
        assertThat(verifying.refuse(log.with("checkpoint", foreign))).startsWith("checkpoint: it is of another log");
    }

    private String notSigned(Consumer<List<byte[]>> change) {
        var entries = new ArrayList<>(trail.entries());
        change.accept(entries);
        return verifying.refuse(WrittenLog.of(verifying.key, entries.subList(0, 300))
                .with("checkpoint", log.files().get("checkpoint")));
    }

    private static byte[] other() {
        return "other".getBytes(StandardCharsets.UTF_8);
    }

    private Checkpoint checkpoint(List<byte[]> entries) {
        byte[] note = WrittenLog.of(verifying.key, entries).files().get("checkpoint");
        return Verifier.checkpoint(note, verifying.key.verifier());
    }
}
