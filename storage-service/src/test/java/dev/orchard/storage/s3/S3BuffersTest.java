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
            assertThat(buffers.taken()).isEqualTo(buffers.size());
        }
    }

    @Test
    void giveNothingBeyondTheFirstWhileAnotherWaits() {
        var first = buffers.take(6_000);
        var second = CompletableFuture.supplyAsync(() -> buffers.take(6_000));
        await().until(buffers::isWanted);

        assertThat(buffers.tryTake(1_000)).isEmpty();

        first.close();
        second.join().close();
        assertThat(buffers.tryTake(1_000)).isPresent();
    }
}
