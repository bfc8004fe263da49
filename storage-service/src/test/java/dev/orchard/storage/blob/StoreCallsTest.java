package dev.orchard.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orchard.storage.blob.StoreFailedException.Kind;
import dev.orchard.support.tracing.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreCallsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreCalls calls = new StoreCalls(meters, Spans.with(null));
    private final AtomicInteger tries = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void giveEachFailureTheKindOfWhatWasAsked(Kind kind) {
        var failure = catchThrowableOfType(StoreFailedException.class, () -> calls.call(kind, () -> fail("away")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasRootCauseMessage("away");
        assertThat(counted(kind)).isEqualTo(1);
    }

    @Test
    void leaveTheKindThatTheStoreKnowsBetter() {
        var failure = catchThrowableOfType(
                StoreFailedException.class,
                () -> calls.timed("a.timer", Kind.UPLOAD, () -> {
                    throw new StoreFailedException(Kind.HASH_COMPUTATION, new IOException("unreadable"));
                }));

        assertThat(failure.kind()).isEqualTo(Kind.HASH_COMPUTATION);
        assertThat(counted(Kind.HASH_COMPUTATION)).isEqualTo(1);
        assertThat(meters.timer("a.timer", "outcome", "Failed").count()).isEqualTo(1);
    }

    @Test
    void tryThreeTimesAgainBeforeTheyGiveUp() {
        assertThatThrownBy(() -> calls.retried(Kind.EXISTENCE_CHECK, () -> fail("away")))
                .isInstanceOf(StoreFailedException.class);

        assertThat(tries).hasValue(4);
        assertThat(counted(Kind.EXISTENCE_CHECK)).isEqualTo(1);
    }

    /** An alarm cannot watch a number that is not there yet. */
    @ParameterizedTest
    @EnumSource
    void haveACountOfEachFailureBeforeThereIsOne(Kind kind) {
        assertThat(meters.get("orchard.storage.failures")
                        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void areContentWithTheLastTry() throws IOException {
        String answer = calls.retried(Kind.EXISTENCE_CHECK, () -> tries.get() < 3 ? fail("away") : "there");

        assertThat(answer).isEqualTo("there");
        assertThat(counted(Kind.EXISTENCE_CHECK)).isZero();
    }

    @Test
    void doNotTryAgainWhatIsRefused() {
        assertThatThrownBy(() -> calls.retried(Kind.EXISTENCE_CHECK, () -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("forbidden");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(tries).hasValue(1);
    }

    private String fail(String how) throws IOException {
        tries.incrementAndGet();
        throw new IOException(how);
    }

    private double counted(Kind kind) {
        return meters.counter("orchard.storage.failures", "kind", kind.name().toLowerCase(Locale.ROOT))
                .count();
    }
}
