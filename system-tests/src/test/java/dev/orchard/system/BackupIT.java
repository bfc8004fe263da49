package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A backup that is made while clients upload, move tags and delete, and everything that nothing refers to is collected. */
class BackupIT {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int KEPT = 200;
    private static final int OTHERS = 5_000;
    private static final Map<String, String> COLLECTING = Map.of(
            "ORCHARD_METADATA_COLLECTION_INTERVAL", "50ms",
            "ORCHARD_METADATA_COLLECTION_GRACE", "0s");

    private final long seed =
            Long.getLong("orchard.seed", ThreadLocalRandom.current().nextLong());
    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private Path folder;
    private RunningOrchard orchard;
    private OrchardClient client;
    private Place kept;

    @BeforeEach
    void start() throws Exception {
        folder = Files.createTempDirectory("orchard-backup-test");
        orchard = RunningOrchard.create(COLLECTING);
        client = orchard.client();
    }

    @AfterEach
    void stop() throws IOException {
        orchard.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void holdsOnePointInTimeWhileEverybodyGoesOn() throws Exception {
        System.out.println("with -Dorchard.seed=" + seed);
        uploadWhatStays();
        addObjectsThatTakeTimeToCopy();
        backUpUnderLoad();
        String signed = log().path("size").asString();
        orchard.close();

        run("restore", "--from", path("backup"), "--data", path("data"));
        orchard = RunningOrchard.over(folder.resolve("data"));
        client = orchard.client();
        var trail = new Trail(orchard);
        trail.assertCountsMatchTags();
        assertContents(trail);
        assertNothingFound();
        trail.assertComplete(BOUND);
        trail.assertChains();
        assertItGoesOn(trail);
        System.out.println("the log had " + signed + " records when the first Orchard stopped, now " + log());
    }

    private void uploadWhatStays() throws Exception {
        kept = client.createPlace();
        for (int i = 0; i < KEPT; i++) {
            byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
            expect(201, client.upload(kept, "?tag=t" + i, content));
            acknowledged.put("t" + i, sha256(content));
        }
    }

    /** No row knows them, which is of no interest as long as they are young. */
    private void addObjectsThatTakeTimeToCopy() throws IOException {
        for (int i = 0; i < OTHERS; i++) {
            String id = UUID.randomUUID().toString();
            Path file = orchard.data()
                    .resolve("blobs/blobs")
                    .resolve(id.substring(0, 2))
                    .resolve(id);
            Files.writeString(file, id);
        }
    }

    private void backUpUnderLoad() throws Exception {
        var random = new SplittableRandom(seed);
        var judge = new StressJudge();
        try (var clients =
                new StressClients(client, HotSet.create(client, random), judge, random, StressClients.Load.SOME)) {
            await().atMost(BOUND).until(() -> judge.successes() > 300);
            long before = judge.successes();
            run("backup", "--data", orchard.data().toString(), "--to", path("backup"));
            System.out.println(judge.successes() - before + " requests while the backup was made");
            long after = judge.successes();
            await().atMost(BOUND).until(() -> judge.successes() > after + 200);
        }
        assertThat(judge.violations()).isEmpty();
    }

    private void assertContents(Trail trail) throws Exception {
        for (var upload : acknowledged.entrySet()) {
            assertThat(sha256(client.download(kept, upload.getKey()))).isEqualTo(upload.getValue());
        }
        var tags = trail.ids(
                "orchard",
                "SELECT project || ' ' || package || ' ' || name || ' ' || orchard.hex(artifact_id) FROM orchard.tags");
        assertThat(tags).hasSizeGreaterThan(KEPT);
        for (String row : tags) {
            String[] tag = row.split(" ");
            assertThat(sha256(client.download(new Place(tag[0], tag[1]), tag[2])))
                    .isEqualTo(tag[3]);
        }
    }

    private void assertNothingFound() throws Exception {
        String job = expect(202, client.json("POST", "/admin/fsck", "{\"digests\": true}"))
                .json()
                .path("job_id")
                .asString();
        JsonNode done = await().atMost(BOUND)
                .until(
                        () -> client.get("/admin/fsck/" + job).json(),
                        it -> !it.path("status").asString().equals("running"));
        assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("completed");
        assertThat(done.path("items")).as(done.toString()).isEmpty();
    }

    private void assertItGoesOn(Trail trail) throws Exception {
        byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
        expect(201, client.upload(kept, "?tag=new", content));
        assertThat(client.download(kept, "new")).isEqualTo(content);
        trail.assertComplete(BOUND);
        long records = Long.parseLong(trail.one("orchard_audit", "SELECT max(position)::text FROM audit.ledger"));
        await().atMost(BOUND).until(() -> log().path("size").asLong() >= records - 2);
        assertThat(log().path("refused").isNull()).isTrue();
        Files.writeString(
                folder.resolve("vkey"),
                expect(200, client.get("/audit/log/key")).text());
        run("verify", "--key", path("vkey"), orchard.data().resolve("blobs/log").toString());
    }

    private JsonNode log() throws Exception {
        return expect(200, client.get("/audit/status")).json().path("log");
    }

    private void run(String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of(RunningOrchard.HOME.resolve("orchard").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ORCHARD_BUILT", "true");
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
