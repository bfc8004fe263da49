package dev.orchard.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.orchard.storage.content.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlobStore} promises. */
public abstract class BlobStoreContract {
    private static final int MIB = 1024 * 1024;
    private static final Random RANDOM = new Random();

    private final BlobKey key = new BlobKey(UUID.randomUUID());
    private final int number = RANDOM.nextInt(1_000_000, 1_000_000_000);
    private final String index = "x%03d/x%03d/%03d".formatted(number / 1_000_000, number / 1000 % 1000, number % 1000);

    protected abstract BlobStore store();

    /** What is left of writes that have not ended well, by whatever name the store gives it. */
    protected abstract Collection<String> unfinished() throws IOException;

    @AfterEach
    void leavesNothingUnfinished() throws IOException {
        assertThat(unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024, 128 * 1024 + 1, 5 * MIB, 5 * MIB + 1, 12 * MIB})
    void keepsWhatItWasGivenByteForByte(int size) throws Exception {
        byte[] bytes = bytes(size);

        var outcome = write(key, bytes);

        assertThat(outcome).isInstanceOfSatisfying(WriteOutcome.Written.class, written -> {
            assertThat(written.size()).isEqualTo(size);
            assertThat(written.checksums().sha256()).hasToString(sha256(bytes));
        });
        assertThat(read(key, new BlobRange.Whole())).isEqualTo(bytes);
        assertThat(store().findSize(key)).hasValue(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5 * MIB, 12 * MIB})
    void keepsABodyWhoseLengthNobodyKnows(int size) throws Exception {
        byte[] bytes = bytes(size);

        store().write(key, content(new ByteArrayInputStream(bytes), OptionalLong.empty()));

        assertThat(read(key, new BlobRange.Whole())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 7 * MIB})
    void keepsNothingOfABodyThatBreaksOff(int after) throws IOException {
        var outcome = store().write(key, content(breakingOff(bytes(after)), OptionalLong.empty()));

        assertThat(outcome).isInstanceOf(WriteOutcome.BodyBroken.class);
        assertThat(store().findSize(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, 1001", "1000, 999", "0, 1", "7340032, 7340033", "7340032, 7340031"})
    void keepsNothingOfABodyThatIsNotAsLongAsDeclared(int size, int declared) throws IOException {
        var body = new ByteArrayInputStream(bytes(size));

        var outcome = store().write(key, content(body, OptionalLong.of(declared)));

        assertThat(outcome).isInstanceOf(WriteOutcome.BodyBroken.class);
        assertThat(store().findSize(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 7 * MIB})
    void leavesABlobAsItIsWhenItsKeyIsUsedAgain(int size) throws IOException {
        byte[] bytes = bytes(100);
        write(key, bytes);

        var outcome = write(key, bytes(size));

        assertThat(outcome).isInstanceOf(WriteOutcome.KeyTaken.class);
        assertThat(read(key, new BlobRange.Whole())).isEqualTo(bytes);
    }

    @Test
    void keepsBlobsThatAreWrittenAtTheSameTime() throws Exception {
        List<byte[]> blobs = Stream.generate(() -> bytes(MIB)).limit(16).toList();

        List<byte[]> kept = atOnce(blobs.stream().<Callable<byte[]>>map(bytes -> () -> {
            var own = new BlobKey(UUID.randomUUID());
            write(own, bytes);
            return read(own, new BlobRange.Whole());
        }));

        assertThat(kept.toArray(byte[][]::new)).isDeepEqualTo(blobs.toArray(byte[][]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 10",
        "bytes=999990-, 999990, 10",
        "bytes=999990-2000000, 999990, 10",
        "bytes=-10, 999990, 10",
        "bytes=-2000000, 0, 1000000"
    })
    void readsOneRange(String range, int offset, int length) throws IOException {
        byte[] bytes = bytes(1_000_000);
        write(key, bytes);

        byte[] part = read(key, BlobRange.parse(range));

        assertThat(part).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Test
    void tellsTheWholeSizeWithAPart() throws IOException {
        write(key, bytes(100));

        try (var blob = opened(key, BlobRange.parse("bytes=5-9"))) {
            assertThat(blob.slice()).isEqualTo(new BlobSlice(5, 5, 100));
        }
    }

    @Test
    void tellsTheSizeWhenNothingLiesInTheRange() throws IOException {
        write(key, bytes(100));

        assertThat(store().open(key, BlobRange.parse("bytes=100-"))).isEqualTo(new ReadOutcome.OutOfRange(100));
    }

    @Test
    void knowsNothingOfAKeyThatWasNeverUsed() throws IOException {
        assertThat(store().open(key, new BlobRange.Whole())).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(store().open(key, BlobRange.parse("bytes=5-"))).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(store().findSize(key)).isEmpty();
    }

    @Test
    void forgetsWhatIsDeletedHoweverOften() throws IOException {
        write(key, bytes(100));

        store().delete(key);
        store().delete(key);

        assertThat(store().findSize(key)).isEmpty();
    }

    @Test
    void readsToTheEndWhatIsDeletedMeanwhile() throws IOException {
        byte[] bytes = bytes(4 * MIB);
        write(key, bytes);

        try (var blob = opened(key, new BlobRange.Whole())) {
            store().delete(key);

            assertThat(read(blob)).isEqualTo(bytes);
        }
    }

    @Test
    void leavesBlobsAloneWhenItRemovesWhatIsAbandoned() throws IOException {
        write(key, bytes(100));

        store().removeAbandoned();

        assertThat(store().findSize(key)).hasValue(100);
    }

    @Test
    void keepsThePiecesOfTheLogSideBySide() throws IOException {
        var contents = new LinkedHashMap<LogKey, byte[]>();
        for (String path : List.of(
                "checkpoint/" + number,
                "tile/0/" + index,
                "tile/0/" + index + ".p/7",
                "tile/entries/" + index + ".p/7")) {
            contents.put(new LogKey(path), bytes(contents.size() * 100));
        }

        for (var piece : contents.entrySet()) {
            write(piece.getKey(), piece.getValue());
        }

        for (var piece : contents.entrySet()) {
            assertThat(read(piece.getKey(), new BlobRange.Whole())).isEqualTo(piece.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 7 * MIB})
    void neverReplacesAPieceOfTheLog(int size) throws IOException {
        var piece = new LogKey("tile/entries/" + index);
        byte[] bytes = bytes(size);
        write(piece, bytes);

        var outcome = write(piece, bytes(size));

        assertThat(outcome).isInstanceOf(WriteOutcome.KeyTaken.class);
        assertThat(read(piece, new BlobRange.Whole())).isEqualTo(bytes);
    }

    @Test
    void knowsNothingOfAPieceThatWasNeverWritten() throws IOException {
        var piece = new LogKey("tile/1/" + index);

        assertThat(store().open(piece, new BlobRange.Whole())).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(store().findSize(piece)).isEmpty();
    }

    @Test
    void listsAllBlobsPageByPageInTheOrderOfTheirKeys() throws IOException {
        String sameDirectory = UUID.randomUUID().toString().substring(0, 2);
        List<String> own = Stream.generate(
                        () -> sameDirectory + UUID.randomUUID().toString().substring(2))
                .limit(5)
                .sorted()
                .toList();
        for (String id : own) {
            write(BlobKey.of(id), bytes(own.indexOf(id) + 10));
        }
        write(new LogKey("checkpoint/" + number), bytes(10));

        List<BlobPage.KeptBlob> listed = listed(2);

        assertThat(listed)
                .extracting(blob -> blob.key().id().toString())
                .isSorted()
                .containsAll(own);
        assertThat(listed)
                .filteredOn(blob -> own.contains(blob.key().id().toString()))
                .extracting(BlobPage.KeptBlob::size)
                .containsExactly(10L, 11L, 12L, 13L, 14L);
        assertThat(listed)
                .allSatisfy(blob -> assertThat(blob.writtenAt())
                        .isBetween(
                                Instant.now().minusSeconds(600), Instant.now().plusSeconds(2)));
    }

    @Test
    void listsNoMoreThanItIsAskedFor() throws IOException {
        write(key, bytes(10));
        write(new BlobKey(UUID.randomUUID()), bytes(10));

        var page = store().list(null, 1);

        assertThat(page.blobs()).hasSize(1);
        assertThat(page.more()).isTrue();
    }

    @Test
    void listsNothingAfterTheLastKey() throws IOException {
        write(key, bytes(10));

        var page = store().list(BlobKey.of("ffffffff-ffff-ffff-ffff-ffffffffffff"), 10);

        assertThat(page).isEqualTo(new BlobPage(List.of(), false));
    }

    @Test
    void listsNothingThatWasDeleted() throws IOException {
        write(key, bytes(10));
        store().delete(key);

        assertThat(listed(1000)).extracting(BlobPage.KeptBlob::key).doesNotContain(key);
    }

    @Test
    void isReadyToBeWrittenTo() {
        assertThatNoException().isThrownBy(() -> store().probe());
    }

    protected final WriteOutcome write(ObjectKey key, byte[] bytes) throws IOException {
        return store().write(key, content(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)));
    }

    protected static BlobContent content(InputStream body, OptionalLong declared) {
        return new BlobContent(body, declared, Set.of());
    }

    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    protected static <T> List<T> atOnce(Stream<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls.toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private List<BlobPage.KeptBlob> listed(int limit) throws IOException {
        List<BlobPage.KeptBlob> listed = new ArrayList<>();
        BlobPage page = store().list(null, limit);
        listed.addAll(page.blobs());
        while (page.more()) {
            page = store().list(listed.getLast().key(), limit);
            listed.addAll(page.blobs());
        }
        return listed;
    }

    private byte[] read(ObjectKey key, BlobRange range) throws IOException {
        try (var blob = opened(key, range)) {
            return read(blob);
        }
    }

    private OpenBlob opened(ObjectKey key, BlobRange range) throws IOException {
        return switch (store().open(key, range)) {
            case ReadOutcome.Opened(OpenBlob blob) -> blob;
            case ReadOutcome other -> throw new AssertionError(other);
        };
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-, 0, 1000000", "bytes=10-300000, 10, 299991", "bytes=-10, 999990, 10"})
    void readsTheSameAsAStream(String range, int offset, int length) throws IOException {
        byte[] bytes = bytes(1_000_000);
        write(key, bytes);

        try (var blob = opened(key, BlobRange.parse(range))) {
            assertThat(blob.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private static byte[] read(OpenBlob blob) throws IOException {
        var bytes = new ByteArrayOutputStream();
        blob.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private static InputStream breakingOff(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the sender is gone");
            }
        });
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
