package dev.orchard.system;

import static dev.orchard.system.Programs.has;
import static dev.orchard.system.Programs.run;
import static dev.orchard.system.Programs.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the consumers' README shows, run as they are: each prints that a tag was moved. */
class ConsumersIT {
    private static final Path CONSUMERS = Path.of(System.getProperty("orchard.home", ".."), "schemas/consumers")
            .toAbsolutePath()
            .normalize();
    private static final Path NODE = CONSUMERS.resolve("node");
    private static final String MOVED = "dev.orchard.tag.moved.v1";

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();

    @TempDir
    Path folder;

    @BeforeAll
    static void installsWhatTheNodeProgramsNeed() throws Exception {
        if (has("npm") && !Files.exists(NODE.resolve("node_modules"))) {
            assertThat(run(NODE, "npm", "ci")).contains("added");
        }
    }

    @Test
    void followsTheTopicInJava() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        String program = CONSUMERS.resolve("java/Follow.java").toString();
        assertSeesAMove(java.toString(), "-cp", System.getProperty("java.class.path"), program, kafka());
    }

    @Test
    void followsTheTopicInNode() throws Exception {
        assumeTrue(has("npm"), "Node is not installed");
        assertSeesAMove("node", NODE.resolve("follow.mjs").toString(), kafka());
    }

    @Test
    void recountsAnEpochInNode() throws Exception {
        assumeTrue(has("npm"), "Node is not installed");
        assertThat(run(NODE, "npm", "test")).contains("fail 0");
    }

    @Test
    void findsTheEpochsCompleteInNode() throws Exception {
        assumeTrue(has("npm"), "Node is not installed");
        client.createPlace();
        String logged = "SELECT payload FROM orchard.event_log WHERE payload LIKE '%\"txid\"%' LIMIT 1";
        assumeTrue(!new Trail(orchard).ids("orchard", logged).isEmpty(), "this Orchard closes no epochs");
        Path output = folder.resolve("output");
        Process program =
                start(folder, output, "node", NODE.resolve("follow.mjs").toString(), kafka());
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(output).content().contains("epoch.closed"));
            String project = client.createPlace().project();
            var closed = Pattern.compile(project + ".*epoch \\d+: complete.*epoch \\d+: complete", Pattern.DOTALL);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(output).content().containsPattern(closed));
            assertThat(output).content().doesNotContain("MISSING");
        } finally {
            program.destroy();
        }
    }

    @Test
    void followsTheTopicWithKcat() throws Exception {
        assumeTrue(has("kcat"), "kcat is not installed");
        assertSeesAMove(CONSUMERS.resolve("kcat/follow.sh").toString(), kafka());
    }

    @Test
    void followsTheLiveStreamWithCurl() throws Exception {
        assumeLiveStream();
        assertSeesAMove(CONSUMERS.resolve("curl/follow.sh").toString(), orchard.url() + "", orchard.token());
    }

    @Test
    void followsTheLiveStreamInNode() throws Exception {
        assumeLiveStream();
        assumeTrue(has("npm"), "Node is not installed");
        assertSeesAMove("node", NODE.resolve("live.mjs").toString(), orchard.url() + "", orchard.token());
    }

    /** Moves tags until the program has printed a move, so that it may begin late. */
    private void assertSeesAMove(String... command) throws Exception {
        Path output = folder.resolve("output");
        Process program = start(folder, output, command);
        try {
            Place place = client.createPlace();
            String subject = "project/%s/package/%s/tag/latest".formatted(place.project(), place.name());
            var move = Pattern.compile(MOVED + "\\b[^\n]*" + subject);
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        upload(place);
                        assertThat(program.isAlive())
                                .as(Files.readString(output))
                                .isTrue();
                        assertThat(output).content().containsPattern(move);
                    });
        } finally {
            program.destroy();
        }
    }

    private void upload(Place place) throws Exception {
        byte[] content = OrchardClient.unique("content").getBytes(StandardCharsets.UTF_8);
        OrchardClient.expect(201, client.upload(place, "?tag=latest&filename=a.txt", content));
    }

    private void assumeLiveStream() throws Exception {
        String login = "admin:" + orchard.token();
        String status =
                "curl -s -m 5 -o /dev/null -w '%{http_code}' -u \"$0\" " + orchard.url() + "/api/v1/events || true";
        assumeTrue(!run(folder, "bash", "-c", status, login).equals("404"), "this Orchard has no live stream");
    }

    /** As the README finds it. */
    private String kafka() throws Exception {
        var command = Pattern.compile("## Where Kafka is.*?```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(CONSUMERS.resolve("README.md")));
        assertThat(command.find()).isTrue();
        Files.createSymbolicLink(folder.resolve("orchard-data"), orchard.data());
        return run(folder, "bash", "-euc", command.group(1) + "echo $kafka").strip();
    }
}
