package dev.orchard.transparency.verify;

import static org.assertj.core.api.Assertions.fail;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.TilePath;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** How the tests verify: with one key, and keeping the bundles of a log that is verified very often. */
final class Verifying {
    final SigningKey key = SigningKey.generate(bytes -> "orchard.test");
    private final Map<byte[], Bundle> seen = Collections.synchronizedMap(new IdentityHashMap<>());

    /** A source of random numbers whose seed is printed. */
    static Random random() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    WrittenLog log(Trail trail, Integer... alsoSigned) {
        return WrittenLog.of(key, trail.entries(), alsoSigned);
    }

    /** Keeps the bundles of this log. */
    void keep(WrittenLog log) {
        log.files().forEach((path, bytes) -> {
            if (path.startsWith("tile/entries/")) {
                seen.put(bytes, new Bundle(TilePath.parse(path).orElseThrow(), bytes));
            }
        });
    }

    Summary accept(LogFiles log) {
        try {
            return verifier(log, Optional.empty()).verify();
        } catch (TamperedException e) {
            return fail(e.getMessage());
        }
    }

    Summary accept(Trail trail) {
        return accept(log(trail));
    }

    /** What is wrong; a log with nothing wrong fails the test. */
    String refuse(LogFiles log, Checkpoint... older) {
        try {
            verifier(log, List.of(older).stream().findFirst()).verify();
        } catch (TamperedException e) {
            return e.getMessage();
        }
        return fail("nothing was found");
    }

    String refuse(Trail trail) {
        return refuse(log(trail));
    }

    Verifier verifier(LogFiles log, Optional<Checkpoint> older) {
        return new Verifier(log, this::bundle, key.verifier(), older);
    }

    private Bundle bundle(TilePath path, byte[] bytes) {
        var kept = seen.get(bytes);
        return kept == null ? new Bundle(path, bytes) : kept;
    }
}
