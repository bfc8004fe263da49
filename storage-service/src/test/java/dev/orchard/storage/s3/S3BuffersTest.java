package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class S3BuffersTest {
    private final S3Buffers buffers = new S3Buffers(10_240);

    @Test
    void letWaitWhoeverFindsNoRoom() {
        var first = buffers.take(6_000);
        var second = CompletableFuture.supplyAsync(() -> buffers.take(6_000));
        assertThat(second).isNotDone();

        first.close();

        await().until(second::isDone);
    }

    @Test
    void giveAllTheyHaveToWhoeverNeedsMore() {
        try (var buffer = buffers.take(1_000_000)) {
            assertThat(buffer.bytes()).hasSize(1_000_000);
        }
    }
}
