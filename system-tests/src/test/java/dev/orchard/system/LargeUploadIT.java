package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
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
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");

        var answer = expect(
                201,
                client.upload(
                        place,
                        "?tag=large",
                        BodyPublishers.ofInputStream(() -> new DigestInputStream(new RandomBytes(SIZE), sha256))));

        assertThat(answer.json().path("size").asLong()).isEqualTo(SIZE);
        assertThat(answer.json().path("sha256").asString())
                .isEqualTo(HexFormat.of().formatHex(sha256.digest()));
        expect(206, client.get(place.path() + "/download/large", "Range", "bytes=-100"));
    }

    /** That many bytes, cheaply made: one random block over and over, each time with its number in it. */
    private static final class RandomBytes extends InputStream {
        private final byte[] block = new byte[1 << 16];
        private long left;

        RandomBytes(long size) {
            this.left = size;
            new SplittableRandom(size).nextBytes(block);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(length, block.length), left);
            block[0] = (byte) left;
            block[1] = (byte) (left >> 16);
            System.arraycopy(block, 0, target, offset, count);
            left -= count;
            return count;
        }
    }
}
