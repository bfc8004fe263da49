package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of each service while an upload in parts goes on: only the part in flight is sent again. */
class PartsRestartIT {
    private static final Duration RETURN = Duration.ofMinutes(2);

    private static RunningOrchard orchard;

    private final OrchardClient client = orchard.client();
    private final GeneratedContent content =
            new GeneratedContent(ThreadLocalRandom.current().nextLong(), (25L << 20) + 77);

    @BeforeAll
    static void start() throws Exception {
        orchard = RunningOrchard.create();
    }

    @AfterAll
    static void stop() {
        orchard.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "storage", "metadata", "postgresql"})
    void sendsOnlyThePartInFlightAgain(String process) throws Exception {
        Place place = client.createPlace();
        var upload = UploadInParts.begin(client, place, content, ", \"tag\": \"t\", \"size\": " + content.size());
        expect(200, upload.put(1));
        int sent = 1;

        var body = new HaltingStream(upload.bytes(2));
        var inFlight = CompletableFuture.supplyAsync(() -> succeeds(upload, 2, body));
        body.awaitHalf();
        killAndAwait(process, upload);
        body.proceed();
        sent += inFlight.get() ? 1 : 0;

        assertThat(part(upload, 1)).isEqualTo(upload.bytes(1).length);
        for (int part = sent + 1; part <= upload.parts(); part++) {
            expect(200, upload.put(part));
        }
        assertCompletes(upload, place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "storage", "metadata", "postgresql"})
    void sendsNothingAgainWhenTheKillIsBetweenParts(String process) throws Exception {
        Place place = client.createPlace();
        var upload = UploadInParts.begin(client, place, content, ", \"tag\": \"t\"");
        expect(200, upload.put(1));
        expect(200, upload.put(2));
        killAndAwait(process, upload);
        expect(200, upload.put(3));
        expect(200, upload.put(4));
        assertCompletes(upload, place);
    }

    @Test
    void completesOnceWhenItsAnswersAreLost() throws Exception {
        Place place = client.createPlace();
        var upload = UploadInParts.begin(client, place, content, ", \"tag\": \"t\"");
        upload.putAll();
        for (String process : new String[] {"gateway", "storage"}) {
            var asked = CompletableFuture.supplyAsync(() -> completes(upload));
            orchard.kill(process);
            asked.get();
        }
        await().atMost(RETURN).ignoreExceptions().until(() -> upload.complete().status() == 201);
        assertCompletes(upload, place);
    }

    private void assertCompletes(UploadInParts upload, Place place) throws Exception {
        Answer answer = upload.complete();
        var completed = expect(201, answer).json();
        assertThat(completed.path("sha256").asString()).isEqualTo(content.sha256());
        assertThat(client.refCount(content.sha256())).isOne();
        assertThat(OrchardClient.sha256(client.download(place, "t"))).isEqualTo(content.sha256());
    }

    private void killAndAwait(String process, UploadInParts upload) {
        long before = orchard.pid(process);
        orchard.kill(process);
        await().atMost(RETURN).until(() -> orchard.pid(process) != before);
        await().atMost(RETURN)
                .ignoreExceptions()
                .until(() -> client.get("/health").status() == 200);
        await().atMost(RETURN).ignoreExceptions().until(() -> !upload.state().isMissingNode());
    }

    private static long part(UploadInParts upload, int number) throws Exception {
        return upload.state()
                .path("parts")
                .valueStream()
                .filter(part -> part.path("part").asInt() == number)
                .mapToLong(part -> part.path("size").asLong())
                .findFirst()
                .orElse(0);
    }

    private static boolean succeeds(UploadInParts upload, int part, InputStream body) {
        try {
            return upload.put(part, BodyPublishers.ofInputStream(() -> body)).status() == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static boolean completes(UploadInParts upload) {
        try {
            return upload.complete().status() == 201;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Waits in the middle until it is told to go on. */
    private static final class HaltingStream extends FilterInputStream {
        private final CountDownLatch half = new CountDownLatch(1);
        private final CountDownLatch proceed = new CountDownLatch(1);
        private int left;

        HaltingStream(byte[] bytes) {
            super(new java.io.ByteArrayInputStream(bytes));
            this.left = bytes.length / 2;
        }

        void awaitHalf() throws InterruptedException {
            half.await();
        }

        void proceed() {
            proceed.countDown();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                half.countDown();
                try {
                    proceed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return super.read(target, offset, length);
            }
            int count = super.read(target, offset, Math.min(left, length));
            left -= count;
            return count;
        }
    }
}
