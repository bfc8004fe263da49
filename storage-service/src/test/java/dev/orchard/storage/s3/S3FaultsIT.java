package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.parts.S3Server;
import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.OpenBlob;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.s3.FaultyS3.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the store promises, over a real S3 server that fails in between. */
class S3FaultsIT {
    private static final String OBJECT = "PUT /orchard/blobs/[-0-9a-f]+ ";
    private static final String DOWNLOAD = "GET /orchard/blobs/[-0-9a-f]+ ";
    private static final String SECOND_PART = "PUT .*partNumber=2";
    private static final String COMPLETION = "POST .*uploadId=";
    private static final int SEVERAL_PARTS = 2 * TestBucket.PART + 1000;

    @TempDir
    private static Path directory;

    private static S3Server proxy;
    private static FaultyS3 faults;
    private static TestBucket bucket;
    private static TestBucket hasty;

    private final BlobKey key = new BlobKey(UUID.randomUUID());

    @BeforeAll
    static void start() throws IOException {
        proxy = S3Server.start(directory);
        faults = FaultyS3.before(proxy.endpoint());
        bucket = new TestBucket(faults.endpoint()).make();
        hasty = new TestBucket(faults.endpoint(), Duration.ofSeconds(4));
    }

    @AfterAll
    static void stop() throws IOException {
        hasty.close();
        bucket.close();
        faults.close();
        proxy.close();
    }

    @BeforeEach
    void forgetFaults() {
        faults.reset();
    }

    @AfterEach
    void leavesNothingHalf() throws IOException {
        faults.reset();
        assertThat(bucket.unfinished()).isEmpty();
        assertThat(bucket.memory.taken()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "SLOW_DOWN", "RESET", "CUT_UP", "LOST_ANSWER"})
    void triesAnObjectAgainThatFailsForAWhile(Fault fault) throws IOException {
        byte[] bytes = bytes(100_000);
        double before = bucket.retries("PutObject");
        faults.next(2, OBJECT, fault);

        assertThat(write(bucket, bytes)).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count(OBJECT)).isEqualTo(3);
        assertThat(bucket.retries("PutObject") - before).isEqualTo(2);
        assertThat(read()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "CUT_UP", "LOST_ANSWER"})
    void triesOnlyThePartAgainThatFails(Fault fault) throws IOException {
        byte[] bytes = bytes(SEVERAL_PARTS);
        faults.next(2, SECOND_PART, fault);

        assertThat(write(bucket, bytes)).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count(SECOND_PART)).isEqualTo(3);
        assertThat(faults.count("PUT .*partNumber=1")).isEqualTo(1);
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void triesAgainWhatIsNotAnsweredInTime() throws IOException {
        faults.next(2, OBJECT, Fault.SILENT);

        assertThat(write(hasty, bytes(1000))).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count(OBJECT)).isEqualTo(3);
    }

    @Test
    void takesItsOwnPartsForItsOwnWhenTheAnswerToTheLastCallWasLost() throws IOException {
        byte[] bytes = bytes(SEVERAL_PARTS);
        faults.next(1, COMPLETION, Fault.LOST_ANSWER);

        assertThat(write(bucket, bytes)).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count(COMPLETION)).isEqualTo(2);
        assertThat(read()).isEqualTo(bytes);
    }

    @Test
    void asksAgainForItsOwnObjectWhileTheStoreDoesNotSeeIt() throws IOException {
        faults.next(1, OBJECT, Fault.LOST_ANSWER);
        faults.next(3, "HEAD /orchard/blobs/", Fault.NOT_FOUND);

        assertThat(write(bucket, bytes(1000))).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count("HEAD /orchard/blobs/")).isEqualTo(4);
    }

    @Test
    void keepsNothingWhereAPartFailsToTheEnd() throws IOException {
        faults.next(100, SECOND_PART, Fault.ERROR);

        assertThatThrownBy(() -> write(bucket, bytes(SEVERAL_PARTS))).isInstanceOf(IOException.class);

        assertThat(faults.count(SECOND_PART)).isEqualTo(4);
        assertThat(bucket.blobs(Clock.systemUTC()).findSize(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, SEVERAL_PARTS})
    void doesNotTryAgainWhatIsRefused(int size) throws IOException {
        String last = size == 1000 ? OBJECT : COMPLETION;
        faults.next(100, last, Fault.FORBIDDEN);

        assertThatThrownBy(() -> write(bucket, bytes(size))).isInstanceOf(S3Exception.class);

        assertThat(faults.count(last)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, SEVERAL_PARTS})
    void keepsNothingThatWasDamagedOnItsWay(int size) throws IOException {
        faults.next(100, "PUT ", Fault.DAMAGED);

        assertThatThrownBy(() -> write(bucket, bytes(size))).isInstanceOfAny(IOException.class, S3Exception.class);

        faults.reset();
        assertThat(bucket.blobs(Clock.systemUTC()).findSize(key)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "SLOW_DOWN", "RESET"})
    void triesToOpenAgain(Fault fault) throws IOException {
        byte[] bytes = bytes(1000);
        write(bucket, bytes);
        faults.next(3, DOWNLOAD, fault);

        assertThat(read()).isEqualTo(bytes);

        assertThat(faults.count(DOWNLOAD)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_DOWN", "SILENT_HALF_WAY"})
    void givesOutFewerBytesButNeverOthersWhereADownloadBreaksOff(Fault fault) throws IOException {
        byte[] bytes = bytes(1_000_000);
        write(bucket, bytes);
        faults.next(1, DOWNLOAD, fault);
        var read = new ByteArrayOutputStream();

        assertThatThrownBy(() -> read(hasty, read)).isInstanceOf(IOException.class);

        assertThat(read.size()).isLessThan(bytes.length);
        assertThat(read.toByteArray()).isEqualTo(Arrays.copyOf(bytes, read.size()));
    }

    @Test
    void readsOnFromASlowStoreForLongerThanOneAttemptMayTake() throws IOException {
        byte[] bytes = bytes(1_000_000);
        write(bucket, bytes);
        faults.next(1, DOWNLOAD, Fault.SLOW);
        var read = new ByteArrayOutputStream();

        read(hasty, read);

        assertThat(read.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void tellsTheSizeThoughTheStoreForgetsTheBlobAtFirst() throws IOException {
        write(bucket, bytes(100));
        faults.next(2, "HEAD ", Fault.NOT_FOUND);

        assertThat(bucket.blobs(Clock.systemUTC()).open(key, BlobRange.parse("bytes=100-")))
                .isEqualTo(new ReadOutcome.OutOfRange(100));
    }

    @Test
    void asksOnceWhetherABlobIsThereForTheServiceAsksAgain() {
        faults.next(100, "HEAD ", Fault.ERROR);

        assertThatThrownBy(() -> bucket.blobs(Clock.systemUTC()).findSize(key)).isInstanceOf(IOException.class);

        assertThat(faults.count("HEAD ")).isEqualTo(1);
    }

    @Test
    void sendsPartsSideBySide() throws IOException {
        faults.next(2, "PUT .*partNumber=[12]", Fault.ONLY_WITH_ANOTHER);

        assertThat(write(bucket, bytes(SEVERAL_PARTS))).isInstanceOf(WriteOutcome.Written.class);

        assertThat(faults.count("PUT .*partNumber=[12]")).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItMayHoweverManyWriteAtOnce() throws Exception {
        var most = new AtomicLong();
        byte[] bytes = bytes(SEVERAL_PARTS);
        var calls = Collections.<Callable<WriteOutcome>>nCopies(12, () -> {
            var body = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public int read(byte[] sink, int offset, int length) throws IOException {
                    most.accumulateAndGet(bucket.memory.taken(), Math::max);
                    return super.read(sink, offset, length);
                }
            };
            return bucket.blobs(Clock.systemUTC())
                    .write(new BlobKey(UUID.randomUUID()), new BlobContent(body, OptionalLong.empty(), Set.of()));
        });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(calls))
                    .extracting(Future::resultNow)
                    .hasOnlyElementsOfType(WriteOutcome.Written.class);
        }

        assertThat(most.get()).isBetween(2L * TestBucket.PART, bucket.memory.size());
    }

    private WriteOutcome write(TestBucket to, byte[] bytes) throws IOException {
        return to.blobs(Clock.systemUTC())
                .write(key, new BlobContent(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), Set.of()));
    }

    private byte[] read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        read(bucket, bytes);
        return bytes.toByteArray();
    }

    private void read(TestBucket from, ByteArrayOutputStream into) throws IOException {
        switch (from.blobs(Clock.systemUTC()).open(key, new BlobRange.Whole())) {
            case ReadOutcome.Opened(OpenBlob blob) -> {
                try (blob) {
                    blob.writeTo(Channels.newChannel(into));
                }
            }
            case ReadOutcome other -> throw new AssertionError(other);
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
