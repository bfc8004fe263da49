package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Some hundred real files through every part: the jars of the local Maven repository. */
class RealFilesIT {
    private static final int FILES = 300;
    private static final long LARGEST = 8 << 20;

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final Map<String, String> digests = new HashMap<>();

    @Test
    void comeBackAsTheyWereAndAreCountedToTheLastTag() throws Exception {
        List<Path> jars = jars();
        assertThat(jars).hasSizeGreaterThan(200);
        Place first = client.createPlace();
        Place second = client.createPlace();
        Place third = client.createPackage(second.project(), "third");

        upload(jars, first);
        upload(jars.subList(0, jars.size() / 2), second);
        upload(jars.subList(jars.size() / 2, jars.size() / 2 + 20), third);
        for (int i = 0; i < jars.size(); i++) {
            String tag = tag(i);
            assertThat(sha256(client.download(first, tag))).isEqualTo(digests.get(tag));
        }
        moveAndDeleteTags(first, jars.size());
        expect(200, client.delete(third.path()));
        assertCounts();
        expect(200, client.delete("/project/" + second.project()));
        assertCounts();

        var trail = new Trail(orchard);
        trail.assertComplete(Duration.ofSeconds(60));
        trail.assertChains();
    }

    private void upload(List<Path> jars, Place place) throws IOException, InterruptedException {
        for (int i = 0; i < jars.size(); i++) {
            Path jar = jars.get(i);
            String query = "?tag=" + tag(i) + "&filename=" + jar.getFileName();
            var answer = expect(201, client.upload(place, query, BodyPublishers.ofFile(jar)));
            String digest = sha256(Files.readAllBytes(jar));
            assertThat(answer.json().path("artifact_id").asString()).isEqualTo(digest);
            digests.putIfAbsent(tag(i), digest);
        }
    }

    private void moveAndDeleteTags(Place place, int tags) throws IOException, InterruptedException {
        for (int i = 0; i < tags; i += 3) {
            expect(200, client.putTag(place, tag(i), digests.get(tag((i + 1) % tags))));
        }
        for (int i = 0; i < tags; i += 5) {
            expect(204, client.delete(place.path() + "/tags/" + tag(i)));
        }
    }

    private void assertCounts() throws Exception {
        new Trail(orchard).assertCountsMatchTags();
    }

    private static String tag(int number) {
        return "jar-" + number;
    }

    private static List<Path> jars() throws IOException {
        Path repository = Path.of(System.getProperty("orchard.test.jars"));
        List<Path> jars = new ArrayList<>();
        try (var files = Files.walk(repository)) {
            for (Path file : (Iterable<Path>)
                    files.filter(file -> file.toString().endsWith(".jar")).sorted()::iterator) {
                if (jars.size() < FILES && Files.size(file) <= LARGEST) {
                    jars.add(file);
                }
            }
        }
        return jars;
    }
}
