package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;
import static dev.orchard.system.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in parts, in whatever order and however often the parts come. */
class PartsIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final BlobFolder store = new BlobFolder(orchard);
    private final GeneratedContent content =
            new GeneratedContent(ThreadLocalRandom.current().nextLong(), (25L << 20) + 77);
    private Place place;

    @BeforeEach
    void createPlace() throws Exception {
        place = client.createPlace();
    }

    @Test
    void takesPartsInAnyOrder() throws Exception {
        var upload = begin(", \"tag\": \"t\"");
        for (int part = upload.parts(); part >= 1; part--) {
            expect(200, upload.put(part));
        }
        assertCompleted(upload.complete());
        assertThat(sha256(client.download(place, "t"))).isEqualTo(content.sha256());
    }

    @Test
    void takesPartsInParallel() throws Exception {
        var upload = begin(", \"tag\": \"t\"");
        List<Future<Answer>> parts = new ArrayList<>();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.rangeClosed(1, upload.parts()).forEach(part -> parts.add(senders.submit(() -> upload.put(part))));
        }
        for (var part : parts) {
            expect(200, part.get());
        }
        assertCompleted(upload.complete());
        assertThat(sha256(client.download(place, "t"))).isEqualTo(content.sha256());
    }

    @Test
    void keepsTheLastOfThePartsThatCameAgain() throws Exception {
        var upload = begin(", \"tag\": \"t\"");
        byte[] other = new byte[upload.bytes(2).length];
        expect(200, upload.put(2, BodyPublishers.ofByteArray(other)));
        upload.putAll();
        expect(200, upload.put(1));

        assertThat(upload.state().path("received_bytes").asLong()).isEqualTo(content.size());
        assertCompleted(upload.complete());
        assertThat(sha256(client.download(place, "t"))).isEqualTo(content.sha256());
    }

    @Test
    void tellsWhatItHas() throws Exception {
        var upload = begin("");
        assertThat(upload.state().path("status").asString()).isEqualTo("in_progress");
        expect(200, upload.put(1));
        expect(200, upload.put(upload.parts()));

        var state = upload.state();
        int last = upload.bytes(upload.parts()).length;
        assertThat(state.path("parts")
                        .valueStream()
                        .map(part -> part.path("part").asInt()))
                .containsExactly(1, upload.parts());
        assertThat(state.path("received_bytes").asLong()).isEqualTo(upload.bytes(1).length + last);
        assertThat(state.path("expires_at").asString()).endsWith("Z");
    }

    @Test
    void namesThePartsThatAreMissing() throws Exception {
        var upload = begin(", \"size\": " + content.size());
        expect(200, upload.put(1));
        expect(200, upload.put(3));

        Answer answer = upload.complete();
        assertProblem(answer, 409, "upload-incomplete");
        assertThat(answer.json().path("missing").valueStream().map(part -> part.asInt()))
                .containsExactly(2, 4);
        expect(200, upload.put(2));
        expect(200, upload.put(4));
        assertCompleted(upload.complete());
    }

    @Test
    void namesTheGapsWhereNobodySaidHowLargeItIs() throws Exception {
        var upload = begin("");
        expect(200, upload.put(1));
        expect(200, upload.put(3));
        Answer answer = upload.complete();
        assertProblem(answer, 409, "upload-incomplete");
        assertThat(answer.json().path("missing").valueStream().map(part -> part.asInt()))
                .containsExactly(2);
    }

    @Test
    void countsOnceWhatIsCompletedTwice() throws Exception {
        var upload = begin(", \"tag\": \"t\"");
        upload.putAll();
        Answer first = upload.complete();
        Answer second = upload.complete();

        assertCompleted(first);
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(client.refCount(content.sha256())).isOne();
        assertThat(upload.state().path("status").asString()).isEqualTo("completed");
    }

    @Test
    void countsOnceWhatIsCompletedByManyAtTheSameTime() throws Exception {
        var upload = begin(", \"tag\": \"t\"");
        upload.putAll();
        List<Future<Answer>> answers = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8).forEach(i -> answers.add(clients.submit(upload::complete)));
        }
        for (var answer : answers) {
            assertCompleted(answer.get());
        }
        assertThat(client.refCount(content.sha256())).isOne();
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(store.blobs().values()).containsOnlyOnce(content.size()));
    }

    @Test
    void keepsNothingOfContentThatIsNotWhatWasDeclared() throws Exception {
        long before = store.files();
        var upload = begin(", \"tag\": \"t\", \"sha256\": \"" + sha256(new byte[] {1}) + "\"");
        upload.putAll();

        assertProblem(upload.complete(), 422, "digest-mismatch");
        assertThat(client.get("/artifacts/" + content.sha256()).status()).isEqualTo(404);
        assertThat(client.get(place.path() + "/tags/t").status()).isEqualTo(404);
        assertProblem(client.get(upload.path()), 404, "upload-not-found");
        await().atMost(BOUND).untilAsserted(() -> assertThat(store.files()).isLessThanOrEqualTo(before));
    }

    @Test
    void answersAtOnceWhatIsDeclaredAndThere() throws Exception {
        byte[] there = unique("content").getBytes(StandardCharsets.UTF_8);
        expect(201, client.upload(place, "?tag=a", there));

        Answer answer = UploadInParts.create(
                client, place, "\"filename\": \"a\", \"tag\": \"b\", \"sha256\": \"" + sha256(there) + "\"");
        var upload = expect(200, answer).json();
        assertThat(upload.path("deduplicated").asBoolean()).isTrue();
        assertThat(upload.path("ref_count").asLong()).isEqualTo(2);
    }

    @Test
    void refusesASizeThatLies() throws Exception {
        var tooSmall = begin(", \"size\": " + (content.size() - 1));
        assertThat(tooSmall.put(tooSmall.parts()).status()).isBetween(413, 422);
        var tooLarge = begin(", \"size\": " + (content.size() + 1));
        IntStream.range(1, tooLarge.parts())
                .forEach(part -> assertThat(putStatus(tooLarge, part)).isEqualTo(200));
        Answer last = tooLarge.put(tooLarge.parts());
        Answer whole = last.status() == 200 ? tooLarge.complete() : last;
        assertThat(whole.status()).as(whole.text()).isBetween(409, 422);
        assertThat(client.get("/artifacts/" + content.sha256()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, 5})
    void refusesAPartThatCannotBe(int part) throws Exception {
        var upload = begin(", \"size\": " + content.size());
        long before = store.files();
        assertProblem(upload.put(part, BodyPublishers.ofByteArray(new byte[10])), 422, "invalid-input");
        assertThat(upload.state().path("received_bytes").asLong()).isZero();
        await().atMost(BOUND).untilAsserted(() -> assertThat(store.files()).isEqualTo(before));
    }

    @Test
    void refusesAPartThatIsTooLarge() throws Exception {
        var upload = begin("");
        byte[] large = new byte[upload.bytes(1).length + 1];
        long before = store.files();
        assertProblem(upload.put(1, BodyPublishers.ofByteArray(large)), 413, "content-too-large");
        assertThat(upload.state().path("received_bytes").asLong()).isZero();
        await().atMost(BOUND).untilAsserted(() -> assertThat(store.files()).isEqualTo(before));
    }

    @Test
    void leavesNoBytesOfWhatIsGivenUp() throws Exception {
        long before = store.files();
        var upload = begin("");
        upload.putAll();
        expect(204, upload.delete());

        assertProblem(client.get(upload.path()), 404, "upload-not-found");
        assertProblem(upload.put(1), 404, "upload-not-found");
        assertProblem(upload.complete(), 404, "upload-not-found");
        await().atMost(BOUND).untilAsserted(() -> assertThat(store.files()).isLessThanOrEqualTo(before));
    }

    @Test
    void leavesNoBytesOfWhatIsAbandoned() throws Exception {
        long before = store.files();
        var upload = begin("");
        expect(200, upload.put(1));
        try (var database = orchard.database("orchard");
                var statement = database.createStatement()) {
            statement.executeUpdate("UPDATE orchard.resumable_uploads SET expires_at = now() - interval '1 s' "
                    + "WHERE project = '" + place.project() + "'");
        }
        assertProblem(client.get(upload.path()), 404, "upload-not-found");
        expect(200, client.json("POST", "/admin/gc", "{}"));
        await().atMost(BOUND).untilAsserted(() -> assertThat(store.files()).isLessThanOrEqualTo(before));
    }

    private UploadInParts begin(String more) throws Exception {
        return UploadInParts.begin(client, place, content, more);
    }

    private static int putStatus(UploadInParts upload, int part) {
        try {
            return upload.put(part).status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void assertCompleted(Answer answer) {
        var upload = expect(201, answer).json();
        assertThat(upload.path("sha256").asString()).isEqualTo(content.sha256());
        assertThat(upload.path("size").asLong()).isEqualTo(content.size());
        assertThat(upload.path("filename").asString()).isEqualTo("content.bin");
    }
}
