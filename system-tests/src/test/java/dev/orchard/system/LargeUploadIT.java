package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Two gigabytes through services whose heap is 128 MiB. */
class LargeUploadIT {
    private static final long SIZE = 2L << 30;

    private final RunningOrchard orchard = RunningOrchard.shared();

    @Test
    void streamsTwoGigabytesOfUnknownLengthThroughSmallHeaps() throws Exception {
        for (String service : new String[] {"gateway", "storage"}) {
            assertThat(Files.readString(Path.of("/proc/" + orchard.pid(service) + "/cmdline")))
                    .contains("-Xmx128m");
        }
        var client = orchard.client();
        Place place = client.createPlace();
        var content = new GeneratedContent(SIZE, SIZE);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");

        var answer = expect(
                201,
                client.upload(
                        place,
                        "?tag=large",
                        BodyPublishers.ofInputStream(() -> new DigestInputStream(content.open(), sha256))));

        assertThat(answer.json().path("size").asLong()).isEqualTo(SIZE);
        assertThat(answer.json().path("sha256").asString())
                .isEqualTo(HexFormat.of().formatHex(sha256.digest()));
        expect(206, client.get(place.path() + "/download/large", "Range", "bytes=-100"));
    }
}
