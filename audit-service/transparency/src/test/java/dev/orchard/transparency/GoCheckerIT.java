package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages with which Go checks its own module log accept ours, and refuse it after one changed byte. */
class GoCheckerIT {
    private static final Path PACKAGES = Path.of("/usr/share/gocode");

    @TempDir
    private static Path built;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SigningKey key = SigningKey.generate(publicKey -> "orchard.example/log");

    @TempDir
    private Path folder;

    /** Before each, though it builds once: what is skipped before all is in no report. */
    @BeforeEach
    void build() throws Exception {
        assumeTrue(Command.exists("go"), "Go is not installed (Debian: golang-go), so its checker cannot run");
        assumeTrue(
                Files.exists(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog")),
                "Go's package tlog is not installed (Debian: golang-golang-x-mod-dev), so it cannot check");
        if (!Files.exists(checker())) {
            var environment = Map.of("GO111MODULE", "off", "GOPATH", PACKAGES.toString(), "GOFLAGS", "");
            String source = "src/test/resources/log-checker.go";
            var build = Command.run(environment, "go", "build", "-o", checker().toString(), source);
            assertThat(build.exit()).as(build.output()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 1_000, 65_535, 65_536, 65_537, 66_100})
    void acceptsALogOfThisSize(int size) throws Exception {
        int[] older = IntStream.of(1, 2, 5, 255, 256, 257, 400, 65_000, 65_536, size)
                .filter(published -> published <= size)
                .distinct()
                .toArray();
        write(older);

        var checked = check();
        assertThat(checked.output())
                .as("seed %s", seed)
                .isEqualTo("accepted: %d records, %d older checkpoints, %d proofs\n"
                        .formatted(size, older.length, older.length));
        assertThat(checked.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key",
                "checkpoint",
                "checkpoints/300",
                "consistency/300",
                "proofs/299",
                "tile/0/000",
                "tile/0/002.p/88",
                "tile/1/000.p/2",
                "tile/entries/000",
                "tile/entries/002.p/88",
            })
    void refusesALogWithOneChangedByte(String file) throws Exception {
        write(300, 600);
        assertThat(check().exit()).isZero();
        Path changed = folder.resolve(file);
        byte[] bytes = Files.readAllBytes(changed);
        for (int i = 0; i < 20; i++) {
            // The last bit, and not in the last signs: Go reads 'A' like 'a' in hex, and Base64 with stray bits.
            int at = random.nextInt(bytes.length - 4);
            byte[] other = bytes.clone();
            other[at] ^= 1;
            Files.write(changed, other);
            assertThat(check().exit()).as("byte %s, seed %s", at, seed).isEqualTo(1);
        }
    }

    @Test
    void refusesAProofOfARecordBeyondTheLog() throws Exception {
        write(300, 600);
        Path proof = folder.resolve("proofs/299");
        Files.writeString(proof, Files.readString(proof).replace("index 299\n", "index 399\n"));

        assertThat(check().exit()).isEqualTo(1);
    }

    /** Publishes at each of these sizes, and proves the last entry of each, and each to the last. */
    private void write(int... sizes) throws IOException {
        var log = new LogFolder(folder, key);
        Files.createDirectories(folder.resolve("proofs"));
        Files.createDirectories(folder.resolve("consistency"));
        for (int size : sizes) {
            while (log.size() < size) {
                byte[] entry = new byte[random.nextInt(100) == 0 ? random.nextInt(65_536) : random.nextInt(40)];
                random.nextBytes(entry);
                log.append(entry);
            }
            String note = log.publish();
            var proof = new LogProof(InclusionProof.of(log, size - 1, size), note);
            Files.writeString(folder.resolve("proofs/" + (size - 1)), proof.text());
        }
        for (int size : sizes) {
            var proof = ConsistencyProof.of(log, size, log.size());
            String hashes =
                    proof.path().stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining());
            Files.writeString(folder.resolve("consistency/" + size), hashes);
        }
    }

    private Command check() throws Exception {
        return Command.run(Map.of(), checker().toString(), folder.toString());
    }

    private static Path checker() {
        return built.resolve("log-checker");
    }
}
