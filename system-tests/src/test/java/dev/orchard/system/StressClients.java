package dev.orchard.system;

import dev.orchard.system.OrchardClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Writers and readers of one hot set, until this is closed. */
final class StressClients implements AutoCloseable {
    private static final long PAUSE_WHEN_REFUSED = Duration.ofMillis(50).toNanos();

    private final OrchardClient client;
    private final HotSet hot;
    private final StressJudge judge;
    private final long pause;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StressClients(OrchardClient client, HotSet hot, StressJudge judge, SplittableRandom random) {
        this(client, hot, judge, random, Load.ALL_THERE_IS);
    }

    StressClients(OrchardClient client, HotSet hot, StressJudge judge, SplittableRandom random, Load load) {
        this.client = client;
        this.hot = hot;
        this.judge = judge;
        this.pause = load.pause().toNanos();
        for (int i = 0; i < load.writers(); i++) {
            var own = random.split();
            threads.submit(() -> repeat(() -> write(own)));
        }
        for (int i = 0; i < load.readers(); i++) {
            var own = random.split();
            threads.submit(() -> repeat(() -> read(own)));
        }
    }

    /** How many there are, and how long each rests after a request. */
    record Load(int writers, int readers, Duration pause) {
        static final Load ALL_THERE_IS = new Load(32, 4, Duration.ZERO);

        /** Leaves the machine room for what else the test is about. */
        static final Load SOME = new Load(8, 2, Duration.ofMillis(30));
    }

    @Override
    public void close() {
        over.set(true);
        threads.close();
    }

    private interface Step {
        boolean run() throws IOException, InterruptedException;
    }

    private void repeat(Step step) {
        try {
            while (!over.get()) {
                boolean passed = step.run();
                LockSupport.parkNanos(passed ? pause : PAUSE_WHEN_REFUSED); // as a client would that is refused
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | AssertionError e) {
            judge.violation("a client ended: " + e);
        }
    }

    private boolean write(SplittableRandom random) throws InterruptedException {
        Place place = hot.place(random);
        String digest = hot.digest(random);
        String tag = hot.tag(random);
        int choice = random.nextInt(100);
        return switch (choice / 2) {
            case 0, 1, 2, 3, 4, 5, 6 -> upload(random, place, "?tag=" + tag, digest);
            case 7, 8, 9, 10, 11, 12, 13 -> upload(random, place, "?tag=" + tag, digest, "X-Checksum-Sha256", digest);
            case 14, 15 -> upload(random, place, "", digest);
            case 16 -> upload(random, place, "", digest, "X-Checksum-Sha256", digest);
            case 17, 18 -> takeOver(place, tag, digest);
            case 19, 20, 21 -> uploadInParts(place, tag, digest, random.nextInt(4) == 0);
            case 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34 ->
                ask("tag", Set.of(200, 201, 404), () -> client.putTag(place, tag, digest));
            case 35, 36, 37, 38, 39, 40, 41, 42, 43, 44 ->
                ask("delete tag", Set.of(204, 404), () -> client.delete(place.path() + "/tags/" + tag));
            case 45, 46 -> replacePackage(place);
            case 47 -> choice % 2 == 0 ? replaceProject(place.project()) : replacePackage(place);
            default -> upload(random, place, "?tag=" + tag, digest, "If-None-Match", "*");
        };
    }

    private boolean upload(SplittableRandom random, Place place, String query, String digest, String... headers)
            throws InterruptedException {
        var expected =
                headers.length > 0 && headers[0].equals("If-None-Match") ? Set.of(201, 404, 412) : Set.of(201, 404);
        var answer = judge.ask("upload", expected, () -> client.upload(place, query, body(digest, random), headers));
        answer.filter(created -> created.status() == 201).ifPresent(created -> assertUpload(created, digest, query));
        return answer.isPresent();
    }

    private void assertUpload(Answer answer, String digest, String query) {
        var upload = answer.json();
        boolean tagged = !query.isEmpty();
        if (!upload.path("sha256").asString().equals(digest)
                || tagged && upload.path("ref_count").asLong() < 1) {
            judge.violation("an upload of " + digest + " was answered " + upload);
        }
    }

    private boolean takeOver(Place place, String tag, String digest) throws InterruptedException {
        return ask(
                "take over",
                Set.of(201, 404),
                () -> client.upload(
                        place,
                        "?tag=" + tag,
                        BodyPublishers.noBody(),
                        "X-Checksum-Sha256",
                        digest,
                        "X-Checksum-Deploy",
                        "true"));
    }

    private boolean uploadInParts(Place place, String tag, String digest, boolean abandoned)
            throws InterruptedException {
        var begun = judge.ask(
                "begin parts",
                Set.of(201, 404),
                () -> UploadInParts.create(client, place, "\"filename\": \"a\", \"tag\": \"" + tag + "\""));
        if (begun.isEmpty() || begun.get().status() == 404) {
            return begun.isPresent();
        }
        String path = place.path() + "/uploads/"
                + begun.get().json().path("upload_id").asString();
        var put = judge.ask(
                "put part",
                Set.of(200, 404),
                () -> client.send("PUT", path + "/parts/1", BodyPublishers.ofByteArray(content(digest))));
        if (put.isEmpty() || put.get().status() == 404 || abandoned) {
            return put.isPresent();
        }
        var completed =
                judge.ask("complete parts", Set.of(201, 404), () -> client.json("POST", path + "/complete", "{}"));
        completed.filter(answer -> answer.status() == 201).ifPresent(answer -> assertUpload(answer, digest, "?"));
        return completed.isPresent();
    }

    private boolean replacePackage(Place place) throws InterruptedException {
        return ask("delete package", Set.of(200, 404), () -> client.delete(place.path())) && createPackage(place);
    }

    private boolean replaceProject(String project) throws InterruptedException {
        boolean passed = ask("delete project", Set.of(200, 404), () -> client.delete("/project/" + project));
        passed &= ask(
                "create project",
                Set.of(201, 409),
                () -> client.json("POST", "/projects", "{\"name\": \"%s\"}".formatted(project)));
        for (Place place : hot.placesOf(project)) {
            passed &= createPackage(place);
        }
        return passed;
    }

    /** 404: another client deletes the project at the same time, and will create it again. */
    private boolean createPackage(Place place) throws InterruptedException {
        return ask(
                "create package",
                Set.of(201, 404, 409),
                () -> client.json(
                        "POST",
                        "/project/" + place.project() + "/packages",
                        "{\"name\": \"%s\"}".formatted(place.name())));
    }

    private boolean read(SplittableRandom random) throws InterruptedException {
        String ref = random.nextInt(4) == 0 ? "sha256:" + hot.digest(random) : hot.tag(random);
        String path = hot.place(random).path() + "/download/" + ref;
        Optional<Answer> answer = judge.ask("download", Set.of(200, 404), () -> client.get(path));
        answer.filter(found -> found.status() == 200).ifPresent(found -> assertContent(path, found));
        return answer.isPresent();
    }

    private void assertContent(String path, Answer answer) {
        String digest = OrchardClient.sha256(answer.response().body());
        if (!answer.header("X-Checksum-Sha256").equals(digest)
                || !hot.contents().containsKey(digest)) {
            judge.violation(path + " holds " + digest + " and says " + answer.header("X-Checksum-Sha256"));
        }
    }

    private boolean ask(String what, Set<Integer> expected, StressJudge.Call call) throws InterruptedException {
        return judge.ask(what, expected, call).isPresent();
    }

    /** Half of the clients do not say how much will come. */
    private BodyPublisher body(String digest, SplittableRandom random) {
        byte[] content = content(digest);
        return random.nextBoolean()
                ? BodyPublishers.ofByteArray(content)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));
    }

    private byte[] content(String digest) {
        return hot.contents().get(digest);
    }
}
