package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {
    private static final byte[] ENTRY = "entry 5".getBytes();

    private final SigningKey key = SigningKey.generate(publicKey -> "a.log");
    private final GrowingLog log = GrowingLog.of(11);

    @Test
    void isWrittenAsTheSpecificationSays() {
        var lines = proof(5).text().lines().toList();
        assertThat(lines.get(0)).isEqualTo("c2sp.org/tlog-proof@v1");
        assertThat(lines.get(1)).isEqualTo("index 5");
        assertThat(lines.subList(2, 6))
                .isEqualTo(InclusionProof.of(log, 5, 11).path().stream()
                        .map(Hash::base64)
                        .toList());
        assertThat(lines.get(6)).isEmpty();
        assertThat(String.join("\n", lines.subList(7, lines.size())) + "\n").isEqualTo(checkpoint());
    }

    @Test
    void provesEveryEntryAtEverySize() {
        for (int size = 1; size <= 40; size++) {
            var grown = GrowingLog.of(size);
            var checkpoint = new Checkpoint("a.log", size, grown.edge.root());
            String note = key.sign(checkpoint.text());
            for (int index = 0; index < size; index++) {
                var proof = LogProof.parse(new LogProof(InclusionProof.of(grown, index, size), note).text());
                assertThat(proof.verify(("entry " + index).getBytes(), key.verifier()))
                        .isEqualTo(checkpoint);
            }
        }
    }

    @Test
    void readsAProofWithoutAPathInALogOfOne() {
        String note = key.sign(new Checkpoint("a.log", 1, log.leaves.get(0)).text());
        String text = "c2sp.org/tlog-proof@v1\nindex 0\n\n" + note;
        assertThat(LogProof.parse(text)
                        .verify("entry 0".getBytes(), key.verifier())
                        .size())
                .isEqualTo(1);
    }

    @Test
    void provesNothingAfterAnyOneByteChange() {
        OneByteChanges.of(proof(5).text()).forEach(this::assertProvesNothing);
    }

    @Test
    void provesNothingAfterAnyCutOrAddition() {
        String text = proof(5).text();
        for (int at = 0; at < text.length(); at++) {
            assertProvesNothing(text.substring(0, at));
            assertProvesNothing(text.substring(at + 1));
            assertProvesNothing(text.substring(0, at) + text.substring(at + 1));
            assertProvesNothing(text.substring(0, at) + "\n" + text.substring(at));
        }
        assertProvesNothing(text + "\n");
        assertProvesNothing(text.replace("\n", "\r\n"));
    }

    @Test
    void provesNoOtherEntry() {
        for (int at = 0; at < ENTRY.length; at++) {
            for (int difference = 1; difference < 256; difference++) {
                byte[] changed = ENTRY.clone();
                changed[at] ^= (byte) difference;
                assertThatThrownBy(() -> proof(5).verify(changed, key.verifier()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("does not lead from these bytes");
            }
        }
    }

    @Test
    void provesNothingUnderAnotherKeyOrAnotherLogsOrigin() {
        var stranger = SigningKey.generate(publicKey -> "a.log");
        assertThatThrownBy(() -> proof(5).verify(ENTRY, stranger.verifier()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed with the key of a.log");
        String note = key.sign(new Checkpoint("another.log", 11, log.edge.root()).text());
        assertThatThrownBy(() -> new LogProof(InclusionProof.of(log, 5, 11), note).verify(ENTRY, key.verifier()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "HEADER\n\n",
                "HEADER\n\nNOTE",
                "HEADER\nindex 5\nPATH",
                "HEADER\nPATH\nNOTE",
                "index 5\nPATH\nNOTE",
                "HEADER\nextra YQ==\nindex 5\nPATH\nNOTE",
                "HEADER\nindex 5\nextra YQ==\nPATH\nNOTE",
                "HEADER\nindex\nPATH\nNOTE",
                "HEADER\nindex \nPATH\nNOTE",
                "HEADER\nindex  5\nPATH\nNOTE",
                "HEADER\nindex 05\nPATH\nNOTE",
                "HEADER\nindex +5\nPATH\nNOTE",
                "HEADER\nindex -5\nPATH\nNOTE",
                "HEADER\nindex \u0665\nPATH\nNOTE",
                "HEADER\nindex 9223372036854775808\nPATH\nNOTE",
                "HEADER\nINDEX 5\nPATH\nNOTE",
                "HEADER\nindex 5\n\nPATH\nNOTE",
                "HEADER\nindex 5\nPATHPATH\nNOTE",
                "HEADER\nindex 5\nPATHYQ==\n\nNOTE",
                "c2sp.org/tlog-proof@v2\nindex 5\nPATH\nNOTE",
            })
    void provesNothingInAnyOtherSpelling(String spelling) {
        String path = String.join("\n", proof(5).text().lines().toList().subList(2, 6)) + "\n";
        String good = "HEADER\nindex 5\nPATH\nNOTE";
        assertThat(spelled(good, path)).isEqualTo(proof(5).text());
        assertProvesNothing(spelled(spelling, path));
    }

    private String spelled(String spelling, String path) {
        return spelling.replace("HEADER", "c2sp.org/tlog-proof@v1")
                .replace("PATH", path)
                .replace("NOTE", checkpoint());
    }

    private LogProof proof(int index) {
        return new LogProof(InclusionProof.of(log, index, 11), checkpoint());
    }

    private String checkpoint() {
        return key.sign(new Checkpoint("a.log", 11, log.edge.root()).text());
    }

    private void assertProvesNothing(String text) {
        assertThatThrownBy(() -> LogProof.parse(text).verify(ENTRY, key.verifier()))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class);
    }
}
