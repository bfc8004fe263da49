package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.parts.S3Server;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.PartAddress;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.PartStore;
import dev.orchard.storage.parts.PartStoreContract;
import dev.orchard.storage.s3.FaultyS3.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PartStoreIT extends PartStoreContract {
    @TempDir
    private static Path directory;

    private static S3Server proxy;
    private static FaultyS3 faults;
    private static TestBucket bucket;

    @BeforeAll
    static void start() throws IOException {
        proxy = S3Server.start(directory);
        faults = FaultyS3.before(proxy.endpoint());
        bucket = new TestBucket(faults.endpoint()).make();
    }

    @AfterAll
    static void stop() throws IOException {
        bucket.close();
        faults.close();
        proxy.close();
    }

    @BeforeEach
    void forgetFaults() {
        faults.reset();
    }

    @Override
    protected PartStore parts() {
        return bucket.parts(Clock.systemUTC());
    }

    @Override
    protected BlobStore blobs() {
        return bucket.blobs(Clock.systemUTC());
    }

    @Override
    protected Collection<String> unfinished() throws IOException {
        return bucket.unfinished();
    }

    @Test
    void readsNothingAgainWhereTheStateCoversAll() throws IOException {
        byte[] bytes = bytes(WHOLE + 1000);
        var first = stored(1, Arrays.copyOf(bytes, WHOLE), null, null);
        var begun = stored(2, Arrays.copyOfRange(bytes, WHOLE, WHOLE + 10), null, first.state());
        var last = stored(
                2,
                Arrays.copyOfRange(bytes, WHOLE + 10, bytes.length),
                begun.part().id(),
                begun.state());
        faults.reset();

        var outcome = parts().complete(key, handle, List.of(first.part(), last.part()), Set.of(), last.state());

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(bytes.length, sums(bytes)));
        assertThat(faults.count("GET /orchard/blobs/[-0-9a-f]+ ")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "of other bytes", "of some of them"})
    void readsTheBytesWhereTheStateIsNotOfThem(String which) throws IOException {
        byte[] bytes = bytes(2000);
        var written = stored(1, bytes, null, null);
        var state = switch (which) {
            case "of other bytes" -> stored(1, bytes(2000), null, null).state();
            case "of some of them" ->
                stored(1, Arrays.copyOf(bytes, 1999), null, null).state();
            default -> DigestState.of(which);
        };

        var outcome = parts().complete(key, handle, List.of(written.part()), Set.of(), state);

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(2000, sums(bytes)));
    }

    @Test
    void goesOnWithoutAStateFromOneThatIsNone() throws IOException {
        var outcome = stored(1, bytes(100), null, DigestState.of("AAAA"));

        assertThat(outcome.state()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, WHOLE})
    void takesItsOwnCompletionForItsOwnWhenTheAnswerWasLost(int size) throws IOException {
        byte[] bytes = bytes(size);
        var written = store(1, bytes);
        faults.next(1, "POST .*uploadId=", Fault.LOST_ANSWER);

        assertThat(complete(List.of(written))).isEqualTo(new CompleteOutcome.Completed(size, sums(bytes)));

        assertThat(faults.count("POST .*uploadId=")).isEqualTo(2);
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void seesTheBlobOfACompletionThatTheStoreForgetsAtFirst() throws IOException {
        byte[] bytes = bytes(WHOLE);
        var written = store(1, bytes);
        complete(List.of(written));
        faults.next(3, "HEAD /orchard/blobs/", Fault.NOT_FOUND);

        assertThat(complete(List.of(written))).isEqualTo(new CompleteOutcome.Completed(WHOLE, sums(bytes)));

        assertThat(faults.count("HEAD /orchard/blobs/")).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, WHOLE})
    void keepsAPartOnceThoughItIsSentAgain(int size) throws IOException {
        byte[] bytes = bytes(size);
        faults.next(1, "PUT ", Fault.LOST_ANSWER);
        faults.next(1, "PUT ", Fault.CUT_UP);

        var part = store(1, bytes);

        assertThat(faults.count("PUT ")).isEqualTo(3);
        assertThat(part.checksumCrc32c()).isEqualTo(sums(bytes).crc32c());
        complete(List.of(part));
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void removesWhatIsOlderThanAnyUploadMayTake() throws IOException {
        store(1, bytes(1000));

        bucket.parts(at(Duration.ofDays(29))).removeAbandoned();
        assertThat(bucket.bucket.objects("partial/", null, 10).contents()).hasSize(1);

        bucket.parts(at(Duration.ofDays(31))).removeAbandoned();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void replacesAWholePartByWhatIsWrittenLater() throws IOException {
        var first = store(1, bytes(WHOLE));
        store(1, bytes(WHOLE));

        assertThat(complete(List.of(first))).isEqualTo(new CompleteOutcome.Missing(List.of(1)));
    }

    @Test
    void refusesAWholePartOfAnUploadThatWasAbandoned() throws IOException {
        store(1, bytes(WHOLE));
        parts().abandon(key);

        assertThat(write(2, bytes(WHOLE), null, null)).isEqualTo(new PartOutcome.NoUpload());
    }

    @Test
    void makesNoBlobOfAnUploadThatWasAbandoned() throws IOException {
        parts().abandon(key);

        assertThat(complete(List.of())).isEqualTo(new CompleteOutcome.NoUpload());
    }

    @Test
    void continuesNothingThatIsNotItsOwn() throws IOException {
        assertThat(write(1, bytes(10), "partial:../" + UUID.randomUUID(), null)).isEqualTo(new PartOutcome.NoUpload());
    }

    @Test
    void refusesAPartThatNoMemoryHolds() throws IOException {
        var part = new PartAddress(key, handle, 1, 1L << 40);

        assertThat(parts().write(
                                part,
                                new BlobContent(new ByteArrayInputStream(new byte[1]), OptionalLong.of(1), Set.of()),
                                null,
                                null))
                .isInstanceOf(PartOutcome.TooLarge.class);
    }

    private PartOutcome.Stored stored(int number, byte[] bytes, @Nullable String after, @Nullable DigestState before)
            throws IOException {
        return switch (write(number, bytes, after, before)) {
            case PartOutcome.Stored stored -> stored;
            case PartOutcome other -> throw new AssertionError(other);
        };
    }

    private static Clock at(Duration later) {
        return Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    }
}
