package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Blobs that are harmed behind Orchard's back: downloads say so, new bytes heal them, a check finds them. */
class HealingIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static RunningOrchard orchard;

    private final OrchardClient client = orchard.client();
    private final Trail trail = new Trail(orchard);
    private final BlobFolder store = new BlobFolder(orchard);
    private final byte[] content =
            new GeneratedContent(ThreadLocalRandom.current().nextLong(), 200_000).bytes();
    private final String digest = sha256(content);
    private Place place;

    @BeforeAll
    static void start() throws Exception {
        orchard = RunningOrchard.create(Map.of("ORCHARD_METADATA_COLLECTION_ORPHANAGE", "10s"));
    }

    @AfterAll
    static void stop() {
        orchard.close();
    }

    @BeforeEach
    void upload() throws Exception {
        place = client.createPlace();
        expect(201, client.upload(place, "?tag=first", content));
    }

    /** So that no test finds what another harmed. */
    @AfterEach
    void heal() throws Exception {
        client.upload(place, "?tag=first", content);
        if (!Files.exists(file()) || !sha256(Files.readAllBytes(file())).equals(digest)) {
            Files.write(file(), content);
        }
    }

    /** What happens to a file. */
    enum Harm {
        DELETED {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        TRUNCATED {
            @Override
            void to(Path file) throws IOException {
                try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.setLength(1000);
                }
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void answersAProblemInsteadOfADownloadThatBreaks(Harm harm) throws Exception {
        harm.to(file());
        for (String ref : List.of("first", "sha256:" + digest)) {
            assertProblem(client.get(place.path() + "/download/" + ref), 503, "blob-unavailable");
        }
        assertThat(events("unavailable")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETED, PLAIN", "DELETED, DECLARED", "DELETED, PARTS", "DELETED, DECLARED_PARTS",
        "TRUNCATED, PLAIN", "TRUNCATED, DECLARED", "TRUNCATED, PARTS", "TRUNCATED, DECLARED_PARTS"
    })
    void isHealedByTheSameContentSentAgain(Harm harm, Way way) throws Exception {
        Path harmed = file();
        harm.to(harmed);

        var upload = way.upload(client, place, content).json();

        assertThat(upload.path("sha256").asString()).isEqualTo(digest);
        assertThat(upload.path("ref_count").asLong()).isEqualTo(2);
        assertThat(client.download(place, "first")).isEqualTo(content);
        assertThat(client.download(place, "second")).isEqualTo(content);
        assertThat(client.refCount(digest)).isEqualTo(2);
        assertThat(events("healed")).isOne();
        assertThat(file()).isNotEqualTo(harmed);
    }

    /** How the content comes again. */
    enum Way {
        PLAIN {
            @Override
            Answer upload(OrchardClient client, Place place, byte[] content) throws IOException, InterruptedException {
                return expect(201, client.upload(place, "?tag=second", content));
            }
        },
        DECLARED {
            @Override
            Answer upload(OrchardClient client, Place place, byte[] content) throws IOException, InterruptedException {
                return expect(201, client.upload(place, "?tag=second", content, "X-Checksum-Sha256", sha256(content)));
            }
        },
        PARTS {
            @Override
            Answer upload(OrchardClient client, Place place, byte[] content) throws IOException, InterruptedException {
                return parts(client, place, content, "");
            }
        },
        DECLARED_PARTS {
            @Override
            Answer upload(OrchardClient client, Place place, byte[] content) throws IOException, InterruptedException {
                return parts(client, place, content, ", \"sha256\": \"" + sha256(content) + "\"");
            }
        };

        abstract Answer upload(OrchardClient client, Place place, byte[] content)
                throws IOException, InterruptedException;

        private static Answer parts(OrchardClient client, Place place, byte[] content, String more)
                throws IOException, InterruptedException {
            String members = "\"filename\": \"a\", \"tag\": \"second\"" + more;
            var begun =
                    expect(201, UploadInParts.create(client, place, members)).json();
            String path = place.path() + "/uploads/" + begun.path("upload_id").asString();
            expect(200, client.send("PUT", path + "/parts/1", BodyPublishers.ofByteArray(content)));
            return expect(201, client.json("POST", path + "/complete", "{}"));
        }
    }

    @Test
    void findsNothingInAnOrchardThatIsWell() throws Exception {
        var job = fsck("{\"digests\": true}");
        assertThat(job.path("items")).isEmpty();
        assertThat(job.path("checked").asLong()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"DELETED, missing_blob", "TRUNCATED, wrong_size"})
    void findsABlobThatIsMissingOrShort(Harm harm, String kind) throws Exception {
        harm.to(file());
        for (String request : List.of("{}", "{\"repair\": true}")) {
            var finding = onlyFinding(fsck(request));
            assertThat(finding.path("kind").asString()).isEqualTo(kind);
            assertThat(finding.path("artifact_id").asString()).isEqualTo(digest);
            assertThat(finding.path("expected").asString()).isEqualTo("200000");
        }
    }

    @Test
    void findsAByteThatWasFlippedWhereDigestsAreRead() throws Exception {
        try (var bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(100_000);
            int before = bytes.read();
            bytes.seek(100_000);
            bytes.write(before ^ 1);
        }
        assertThat(fsck("{}").path("items")).isEmpty();
        var finding = onlyFinding(fsck("{\"digests\": true}"));
        assertThat(finding.path("kind").asString()).isEqualTo("wrong_digest");
        assertThat(finding.path("artifact_id").asString()).isEqualTo(digest);
        assertThat(finding.path("found").asString()).isEqualTo(sha256(Files.readAllBytes(file())));
    }

    @Test
    void findsAFileThatNothingKnowsAndRemovesItWhenAsked() throws Exception {
        Path stray = Files.write(store.file("ab" + UUID.randomUUID().toString().substring(2)), new byte[77]);
        Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minusSeconds(60)));

        var found = onlyFinding(fsck("{}"));
        assertThat(found.path("kind").asString()).isEqualTo("unreferenced_blob");
        assertThat(found.path("storage_key").asString())
                .endsWith(stray.getFileName().toString());
        assertThat(found.path("repaired").asBoolean()).isFalse();
        assertThat(stray).exists();

        assertThat(onlyFinding(fsck("{\"repair\": true}")).path("repaired").asBoolean())
                .isTrue();
        await().atMost(BOUND).untilAsserted(() -> assertThat(stray).doesNotExist());
        assertThat(fsck("{}").path("items")).isEmpty();
    }

    @Test
    void findsACountThatIsNotTheTagsAndSetsItRightWhenAsked() throws Exception {
        try (var database = orchard.database("orchard");
                var statement = database.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.executeUpdate(
                    "UPDATE orchard.artifacts SET ref_count = 5 WHERE orchard.hex(id) = '" + digest + "'");
        }
        var found = onlyFinding(fsck("{}"));
        assertThat(found.path("kind").asString()).isEqualTo("wrong_count");
        assertThat(found.path("expected").asString()).isEqualTo("1");
        assertThat(found.path("found").asString()).isEqualTo("5");
        assertThat(client.refCount(digest)).isEqualTo(5);

        assertThat(onlyFinding(fsck("{\"repair\": true}")).path("repaired").asBoolean())
                .isTrue();
        assertThat(client.refCount(digest)).isOne();
        assertThat(trail.ids(
                        "orchard",
                        "SELECT event_id FROM orchard.event_log WHERE type = 'dev.orchard.refcount.repaired.v1' "
                                + "AND subject = 'artifact/" + digest + "'"))
                .hasSize(1);
    }

    @Test
    void collectsExactlyWhatItSaidBefore() throws Exception {
        expect(204, client.delete(place.path() + "/tags/first"));
        var dry = expect(200, client.json("POST", "/admin/gc", "{\"dry_run\": true}"))
                .json();
        assertThat(dry.path("dry_run").asBoolean()).isTrue();
        assertThat(dry.path("artifacts").path("count").asLong()).isZero(); // the grace of a week
        assertThat(file()).exists();
        var run = expect(200, client.json("POST", "/admin/gc", "{}")).json();
        assertThat(run.path("artifacts").path("count").asLong()).isZero();
        assertThat(file()).exists();
    }

    private JsonNode fsck(String request) throws Exception {
        Answer begun = expect(202, client.json("POST", "/admin/fsck", request));
        String job = "/admin/fsck/" + begun.json().path("job_id").asString();
        return await().atMost(BOUND)
                .until(
                        () -> expect(200, client.get(job)).json(),
                        state -> state.path("status").asString().equals("completed"));
    }

    private static JsonNode onlyFinding(JsonNode job) {
        assertThat(job.path("items")).as(job.toString()).hasSize(1);
        return job.path("items").get(0);
    }

    private Path file() throws Exception {
        return store.file(trail.one(
                "orchard", "SELECT storage_key FROM orchard.artifacts WHERE orchard.hex(id) = '" + digest + "'"));
    }

    private long events(String change) throws Exception {
        return Long.parseLong(trail.one(
                "orchard",
                "SELECT count(*) FROM orchard.event_log WHERE type = 'dev.orchard.artifact." + change
                        + ".v1' AND subject = 'artifact/" + digest + "'"));
    }
}
