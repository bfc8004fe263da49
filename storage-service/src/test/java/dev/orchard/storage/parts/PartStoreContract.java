package dev.orchard.storage.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.OpenBlob;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.Checksums;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PartStore} promises. */
public abstract class PartStoreContract {
    /** The least that S3 takes for a part that is not the last. */
    protected static final int WHOLE = 5 * 1024 * 1024;

    private static final Random RANDOM = new Random();

    protected final BlobKey key = new BlobKey(UUID.randomUUID());
    protected String handle = "";

    protected abstract PartStore parts();

    /** The store that the parts become blobs of. */
    protected abstract BlobStore blobs();

    /** What is left of this upload's parts and of writes that have not ended well, by whatever name. */
    protected abstract Collection<String> unfinished() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        handle = parts().begin(key);
    }

    @AfterEach
    void leavesNothingOfAnUploadThatIsAbandoned() throws IOException {
        parts().abandon(key);

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void makesTheBlobOfPartsThatCameInAnyOrder() throws IOException {
        byte[] bytes = bytes(2 * WHOLE + 1000);
        var third = store(3, slice(bytes, 2 * WHOLE, 1000));
        var first = store(1, slice(bytes, 0, WHOLE));
        var second = store(2, slice(bytes, WHOLE, WHOLE));

        var outcome = complete(List.of(first, second, third));

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(bytes.length, sums(bytes)));
        assertThat(read()).isEqualTo(bytes);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void handsTheDigestOnFromPartToPartWhereItKeepsOne() throws IOException {
        byte[] bytes = bytes(2 * WHOLE + 1000);
        List<StoredPart> written = new ArrayList<>();
        DigestState state = null;
        for (int from = 0; from < bytes.length; from += WHOLE) {
            var stored = stored(
                    write(written.size() + 1, slice(bytes, from, Math.min(WHOLE, bytes.length - from)), null, state));
            written.add(stored.part());
            state = stored.state();
        }

        var outcome = parts().complete(key, handle, written, Set.of(), state);

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(bytes.length, sums(bytes)));
        assertThat(read()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, WHOLE})
    void makesTheBlobOfAnOnlyPart(int size) throws IOException {
        byte[] bytes = bytes(size);

        var outcome = complete(List.of(store(1, bytes)));

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(size, sums(bytes)));
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void makesAnEmptyBlobOfNoParts() throws IOException {
        assertThat(complete(List.of())).isEqualTo(new CompleteOutcome.Completed(0, sums(new byte[0])));
        assertThat(read()).isEmpty();
    }

    @Test
    void computesTheWeakDigestsForThoseWhoAsk() throws IOException {
        byte[] bytes = bytes(1000);

        var outcome = parts().complete(key, handle, List.of(store(1, bytes)), Set.of(ExtraDigest.values()), null);

        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(1000, sums(bytes, Set.of(ExtraDigest.values()))));
    }

    @Test
    void saysOfAPartWhatWasKeptOfIt() throws IOException {
        byte[] bytes = bytes(1000);

        var part = store(7, bytes);

        assertThat(part).isEqualTo(new StoredPart(7, 1000, sums(bytes).crc32c(), part.id()));
        assertThat(part.id()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void makesTheBlobOfTheWriteThatItIsToldOf(int told) throws IOException {
        List<byte[]> contents = List.of(bytes(1000), bytes(1000));
        List<StoredPart> writes = List.of(store(1, contents.get(0)), store(1, contents.get(1)));

        complete(List.of(writes.get(told)));

        assertThat(read()).isEqualTo(contents.get(told));
    }

    @Test
    void keepsEachOfManyWritesOfOnePartThatComeAtOnce() throws Exception {
        List<byte[]> contents =
                IntStream.range(0, 8).mapToObj(i -> bytes(100_000)).toList();

        List<StoredPart> writes = atOnce(contents.stream()
                .<Callable<StoredPart>>map(bytes -> () -> store(1, bytes))
                .toList());
        complete(List.of(writes.get(5)));

        assertThat(writes).extracting(StoredPart::id).doesNotHaveDuplicates();
        assertThat(read()).isEqualTo(contents.get(5));
    }

    @Test
    void continuesAPart() throws IOException {
        byte[] bytes = bytes(WHOLE + 1000);
        var begun = store(1, slice(bytes, 0, 100));
        var continued =
                stored(write(1, slice(bytes, 100, 200_000), begun.id(), null)).part();
        var whole = stored(write(1, slice(bytes, 200_100, WHOLE - 200_100), continued.id(), null))
                .part();
        var last = store(2, slice(bytes, WHOLE, 1000));

        var outcome = complete(List.of(whole, last));

        assertThat(continued.size()).isEqualTo(200_100);
        assertThat(whole.checksumCrc32c())
                .isEqualTo(sums(slice(bytes, 0, WHOLE)).crc32c());
        assertThat(outcome).isEqualTo(new CompleteOutcome.Completed(bytes.length, sums(bytes)));
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void leavesWhatIsContinuedAsItIs() throws IOException {
        byte[] bytes = bytes(1000);
        var begun = store(1, bytes);
        write(1, bytes(1000), begun.id(), null);

        complete(List.of(begun));

        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void cannotContinueWhatIsNotThere() throws IOException {
        store(1, bytes(1000));

        assertThat(write(1, bytes(10), UUID.randomUUID().toString(), null)).isEqualTo(new PartOutcome.NoUpload());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, WHOLE - 1})
    void keepsNothingOfAPartThatBreaksOff(int after) throws IOException {
        var body = new SequenceInputStream(new ByteArrayInputStream(bytes(after)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the sender is gone");
            }
        });

        assertThat(write(1, body, OptionalLong.empty(), null, null)).isInstanceOf(PartOutcome.BodyBroken.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1001})
    void keepsNothingOfAPartThatIsNotAsLongAsDeclared(int declared) throws IOException {
        var body = new ByteArrayInputStream(bytes(1000));

        assertThat(write(1, body, OptionalLong.of(declared), null, null)).isInstanceOf(PartOutcome.BodyBroken.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, WHOLE})
    void keepsAPartWhoseLengthNobodyKnows(int size) throws IOException {
        byte[] bytes = bytes(size);

        var outcome = write(1, new ByteArrayInputStream(bytes), OptionalLong.empty(), null, null);

        assertThat(stored(outcome).part().size()).isEqualTo(size);
        assertThat(stored(outcome).part().checksumCrc32c())
                .isEqualTo(sums(bytes).crc32c());
    }

    @Test
    void refusesOneByteMoreThanThePartHasWhenComplete() throws IOException {
        assertThat(write(1, bytes(WHOLE + 1), null, null)).isEqualTo(new PartOutcome.TooLarge(WHOLE));
    }

    @Test
    void refusesToContinueAPartBeyondItsEnd() throws IOException {
        var begun = store(1, bytes(1000));

        assertThat(write(1, bytes(WHOLE - 999), begun.id(), null)).isEqualTo(new PartOutcome.TooLarge(WHOLE));
    }

    @Test
    void readsLittleMoreThanThereMayBeOfABodyWithoutEnd() throws IOException {
        var read = new AtomicLong();
        var endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 1;
            }
        };

        assertThat(write(1, endless, OptionalLong.empty(), null, null)).isEqualTo(new PartOutcome.TooLarge(WHOLE));
        assertThat(read).hasValueLessThan(WHOLE + 1024 * 1024);
    }

    @Test
    void refusesPartsOfAnUploadThatWasAbandoned() throws IOException {
        var part = store(1, bytes(1000));

        parts().abandon(key);
        parts().abandon(key);

        assertThat(write(2, bytes(1000), null, null)).isEqualTo(new PartOutcome.NoUpload());
        assertThat(complete(List.of(part))).isEqualTo(new CompleteOutcome.NoUpload());
    }

    @Test
    void keepsNothingOfAPartWhoseUploadIsAbandonedWhileItComes() throws IOException {
        var body = new FilterInputStream(new ByteArrayInputStream(bytes(300_000))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                parts().abandon(key);
                return super.read(buffer, offset, length);
            }
        };

        assertThat(write(1, body, OptionalLong.of(300_000), null, null)).isEqualTo(new PartOutcome.NoUpload());
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void leavesTheBlobWhenWhatItWasMadeOfIsAbandoned() throws IOException {
        byte[] bytes = bytes(1000);
        complete(List.of(store(1, bytes)));

        parts().abandon(key);

        assertThat(read()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, WHOLE + 1000})
    void answersTheSameWhenItIsCompletedAgain(int size) throws IOException {
        byte[] bytes = bytes(size);
        var written = all(bytes);

        var first = complete(written);
        var second = complete(written);

        assertThat(first).isEqualTo(new CompleteOutcome.Completed(size, sums(bytes)));
        assertThat(second).isEqualTo(first);
        assertThat(read()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, WHOLE + 1000})
    void answersAllTheSameWhoCompleteAtOnce(int size) throws Exception {
        byte[] bytes = bytes(size);
        var written = all(bytes);

        var outcomes = atOnce(Collections.<Callable<CompleteOutcome>>nCopies(4, () -> complete(written)));

        assertThat(outcomes).containsOnly(new CompleteOutcome.Completed(size, sums(bytes)));
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void namesThePartsThatAreMissing() throws IOException {
        var first = store(1, bytes(WHOLE));
        var second = new StoredPart(2, WHOLE, "00000000", UUID.randomUUID().toString());
        var third = new StoredPart(3, 1000, "00000000", UUID.randomUUID().toString());

        assertThat(complete(List.of(first, second, third))).isEqualTo(new CompleteOutcome.Missing(List.of(2, 3)));
        assertThat(blobs().findSize(key)).isEmpty();
    }

    @Test
    void canStillCompleteWhenTheMissingPartsHaveCome() throws IOException {
        byte[] bytes = bytes(WHOLE + 1000);
        var first = store(1, slice(bytes, 0, WHOLE));
        complete(List.of(
                first, new StoredPart(2, 1000, "00000000", UUID.randomUUID().toString())));

        complete(List.of(first, store(2, slice(bytes, WHOLE, 1000))));

        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void leavesUploadsAloneThatAreUnderWayWhenItRemovesWhatIsAbandoned() throws IOException {
        byte[] bytes = bytes(1000);
        var part = store(1, bytes);

        parts().removeAbandoned();

        assertThat(complete(List.of(part))).isEqualTo(new CompleteOutcome.Completed(1000, sums(bytes)));
    }

    protected final StoredPart store(int number, byte[] bytes) throws IOException {
        return stored(write(number, bytes, null, null)).part();
    }

    protected final PartOutcome write(int number, byte[] bytes, @Nullable String after, @Nullable DigestState before)
            throws IOException {
        return write(number, new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), after, before);
    }

    protected final CompleteOutcome complete(List<StoredPart> written) throws IOException {
        return parts().complete(key, handle, written, Set.of(), null);
    }

    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    protected static Checksums sums(byte[] bytes) throws IOException {
        return sums(bytes, Set.of());
    }

    protected static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    protected final byte[] read() throws IOException {
        return switch (blobs().open(key, new BlobRange.Whole())) {
            case ReadOutcome.Opened(OpenBlob blob) -> {
                try (blob) {
                    var bytes = new ByteArrayOutputStream();
                    blob.writeTo(Channels.newChannel(bytes));
                    yield bytes.toByteArray();
                }
            }
            case ReadOutcome other -> throw new AssertionError(other);
        };
    }

    private List<StoredPart> all(byte[] bytes) throws IOException {
        List<StoredPart> written = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += WHOLE) {
            written.add(store(written.size() + 1, slice(bytes, from, Math.min(WHOLE, bytes.length - from))));
        }
        return written;
    }

    private PartOutcome write(
            int number, InputStream body, OptionalLong declared, @Nullable String after, @Nullable DigestState before)
            throws IOException {
        return parts().write(
                        new PartAddress(key, handle, number, WHOLE),
                        new BlobContent(body, declared, Set.of()),
                        after,
                        before);
    }

    private static PartOutcome.Stored stored(PartOutcome outcome) {
        return switch (outcome) {
            case PartOutcome.Stored stored -> stored;
            case PartOutcome other -> throw new AssertionError(other);
        };
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private static Checksums sums(byte[] bytes, Set<ExtraDigest> digests) throws IOException {
        var content = new BlobContent(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), digests);
        content.drain();
        return content.checksums();
    }
}
