package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** The keys and the note with which Go documents its package note. */
    private static final String NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String NEUMANNS_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String NOTE = TEXT + """

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    @Test
    void verifiesAKnownNote() {
        assertThat(VerifierKey.parse(NEUMANN).verify(NOTE)).isEqualTo(TEXT);
    }

    @Test
    void signsAKnownNote() {
        assertThat(SigningKey.parse(NEUMANNS_SECRET).sign(TEXT)).isEqualTo(NOTE);
    }

    @Test
    void knowsThePublicHalfOfAKey() {
        assertThat(SigningKey.parse(NEUMANNS_SECRET).verifier().text()).isEqualTo(NEUMANN);
    }

    /** What the checksum database of Go signed: a log's name is its key's, its origin need not be. */
    @Test
    void verifiesACheckpointOfALogInUse() {
        String text = "go.sum database tree\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        String signature =
                "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=";
        var key = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
        assertThat(key.verify(text + "\n— sum.golang.org " + signature + "\n")).isEqualTo(text);
    }

    @Test
    void readsTheKeysThatItMakes() {
        var key = SigningKey.generate(publicKey -> "a.log/" + publicKey.length);
        assertThat(key.verifier().name()).isEqualTo("a.log/32");
        assertThat(SigningKey.parse(key.text()).text()).isEqualTo(key.text());
        var verifier = VerifierKey.parse(key.verifier().text());
        assertThat(verifier.verify(key.sign("text\n"))).isEqualTo("text\n");
        assertThat(verifier.verify(key.sign("text\n\n\n— a.log/32 line\n"))).isEqualTo("text\n\n\n— a.log/32 line\n");
    }

    @Test
    void makesANewKeyEachTime() {
        assertThat(SigningKey.generate(publicKey -> "log").text())
                .isNotEqualTo(SigningKey.generate(publicKey -> "log").text());
    }

    @Test
    void refusesANoteOfAnotherKeyOfTheSameName() {
        String note = SigningKey.generate(publicKey -> "PeterNeumann").sign(TEXT);
        assertRefused(VerifierKey.parse(NEUMANN), note);
    }

    @Test
    void refusesEveryOneByteChangeOfANote() {
        var key = VerifierKey.parse(NEUMANN);
        OneByteChanges.of(NOTE).forEach(changed -> assertRefused(key, changed));
    }

    @Test
    void refusesEveryCutAndEveryAdditionToANote() {
        var key = VerifierKey.parse(NEUMANN);
        for (int end = 0; end < NOTE.length(); end++) {
            assertRefused(key, NOTE.substring(0, end));
            assertRefused(key, NOTE.substring(end + 1));
            assertRefused(key, NOTE.substring(0, end) + NOTE.substring(end + 1));
            assertRefused(key, NOTE.substring(0, end) + "\n" + NOTE.substring(end));
        }
        assertRefused(key, NOTE + "\n");
        assertRefused(key, NOTE + "more");
        assertRefused(key, NOTE + NOTE);
        assertRefused(key, NOTE.replace("\n", "\r\n"));
    }

    @Test
    void refusesEveryOneByteChangeOfAVerifierKey() {
        OneByteChanges.of(NEUMANN).forEach(SignedNoteTest::assertNoVerifierKey);
    }

    @Test
    void refusesEveryOneByteChangeOfASigningKey() {
        OneByteChanges.of(NEUMANNS_SECRET).forEach(SignedNoteTest::assertNoSigningKey);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "++",
                "PeterNeumann",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a3+",
                "PeterNeumann++ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                " PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW+",
                "PeterNeumann+c74f20a3+GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=",
            })
    void refusesWhatIsNoVerifierKey(String text) {
        assertNoVerifierKey(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u00a0b", "a\u2003b", "a\nb", "a\u0085b", "a\tb", "a\u0000b", "a+b"})
    void hasNoKeyWithANameThatANoteCannotCarry(String name) {
        assertThatThrownBy(() -> SigningKey.generate(publicKey -> name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VerifierKey(name, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    /** A text that does not end its line would run into the signatures. */
    @ParameterizedTest
    @ValueSource(strings = {"", "no newline", "tab\there\n", "null\u0000\n", "return\r\n", "half a pair \ud800\n"})
    void signsNoTextThatANoteCannotCarry(String text) {
        var key = SigningKey.parse(NEUMANNS_SECRET);
        assertThatThrownBy(() -> key.sign(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(VerifierKey key, String note) {
        assertThatThrownBy(() -> key.verify(note))
                .as(() -> new String(note.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertNoVerifierKey(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertNoSigningKey(String text) {
        assertThatThrownBy(() -> SigningKey.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
    }
}
