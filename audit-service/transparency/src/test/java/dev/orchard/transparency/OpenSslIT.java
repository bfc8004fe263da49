package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL verifies what our keys sign. */
class OpenSslIT {
    private final SigningKey key = SigningKey.generate(publicKey -> "orchard.example/log");

    @TempDir
    private Path folder;

    @Test
    void verifiesTheSignatureOfACheckpointAndOfNoOther() throws Exception {
        assumeTrue(Command.exists("openssl"), "OpenSSL is not installed, so it cannot verify");
        String text = new Checkpoint("orchard.example/log", 1, Hash.leaf("entry".getBytes())).text();
        String note = key.sign(text);

        assertThat(verify(text, note)).extracting(Command::exit).isEqualTo(0);
        assertThat(verify(text.replace("\n1\n", "\n2\n"), note).exit()).isEqualTo(1);
        var stranger = SigningKey.generate(publicKey -> "orchard.example/log");
        assertThat(verify(text, stranger.sign(text)).exit()).isEqualTo(1);
    }

    private Command verify(String text, String note) throws Exception {
        String vkey = key.verifier().text();
        byte[] typed = Base64.getDecoder().decode(vkey.split("[+]", 3)[2]);
        String pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(typed, 1, 33))
                + "\n-----END PUBLIC KEY-----\n";
        String line = note.substring(note.lastIndexOf(' ') + 1).strip();
        byte[] signed = Base64.getDecoder().decode(line);
        Path publicKey = Files.writeString(folder.resolve("public.pem"), pem);
        Path signature = Files.write(folder.resolve("signature"), Arrays.copyOfRange(signed, 4, signed.length));
        Path message = Files.writeString(folder.resolve("text"), text);
        return Command.run(
                Map.of(),
                "openssl",
                "pkeyutl",
                "-verify",
                "-rawin",
                "-pubin",
                "-inkey",
                publicKey.toString(),
                "-sigfile",
                signature.toString(),
                "-in",
                message.toString());
    }
}
