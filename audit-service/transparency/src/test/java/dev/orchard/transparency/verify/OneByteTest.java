package dev.orchard.transparency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.transparency.EntryBundle;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.TilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One byte of one file is another one, and everything else is as it was signed. */
class OneByteTest {
    private static final int SEVERAL_LEVELS = 70_000;

    private final Verifying verifying = new Verifying();
    private final Random random = Verifying.random();

    @Test
    void findsEveryOneByteChange() {
        var trail = new Trail(random)
                .log(9)
                .close()
                .log(251)
                .close()
                .log(30)
                .close()
                .log(7);
        var log = verifying.log(trail, 100, 270);
        verifying.keep(log);
        log.files()
                .forEach((path, bytes) -> IntStream.range(0, bytes.length)
                        .parallel()
                        .forEach(at -> assertFound(log, path, at, 1 + random.nextInt(255))));
    }

    @Test
    void findsRandomOneByteChangesOfALargeLog() {
        var trail = new Trail(random);
        while (trail.entries().size() < SEVERAL_LEVELS) {
            trail.log(9).note(490).close();
        }
        var log = verifying.log(trail, 69_999);
        verifying.keep(log);
        var paths = List.copyOf(log.files().keySet());
        long size =
                log.files().values().stream().mapToLong(bytes -> bytes.length).sum();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            long at = random.nextLong(size);
            int file = 0;
            while (at >= log.files().get(paths.get(file)).length) {
                at -= log.files().get(paths.get(file++)).length;
            }
            assertFound(log, paths.get(file), (int) at, 1 + random.nextInt(255));
        });
    }

    private void assertFound(WrittenLog log, String path, int at, int flipped) {
        byte[] bytes = log.files().get(path).clone();
        bytes[at] ^= (byte) flipped;
        assertThat(verifying.refuse(log.with(path, bytes)))
                .as("byte %d of %s", at, path)
                .containsPattern(names(log, path, at));
    }

    /** What must be named first: the entry, the hash in its tile, or else the file. */
    private static String names(WrittenLog log, String path, int at) {
        var tile = TilePath.parse(path);
        if (tile.isEmpty() || log.isStale(path)) {
            return "^" + path + (tile.isEmpty() ? ": " : ", byte " + at + ": ");
        }
        if (tile.get().level() != TilePath.ENTRIES) {
            return "^" + path + ", hash " + at / Hash.BYTES + ": ";
        }
        var entries = new ArrayList<>(
                EntryBundle.decode(log.files().get(path), tile.get().width()));
        int entry = 0;
        for (int left = at; left >= 2 + entries.get(entry).length; entry++) {
            left -= 2 + entries.get(entry).length;
        }
        return "^entry " + (tile.get().index() * TilePath.FULL + entry) + "\\b";
    }
}
