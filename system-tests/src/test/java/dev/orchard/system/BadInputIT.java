package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;
import static dev.orchard.system.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients send that they should not: a clear problem document, and nothing left behind. */
class BadInputIT {
    private static final String NONE = "0".repeat(64);

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final BlobFolder store = new BlobFolder(orchard);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /nothing/here                                 |                      | 404 | route-not-found
                    PATCH  | /projects                                     |                      | 405 | method-not-allowed
                    POST   | /projects                                     | {"name": "UPPER"}    | 422 | invalid-input
                    POST   | /projects                                     | {"name": "-a"}       | 422 | invalid-input
                    POST   | /projects                                     | {"name": ""}         | 422 | invalid-input
                    POST   | /projects                                     | {}                   | 422 | invalid-input
                    POST   | /projects                                     | {"name": "a", "visibility": "x"} | 422 | invalid-input
                    POST   | /projects                                     | {"name":             | 400 | malformed-request
                    POST   | /projects                                     | no json              | 400 | malformed-request
                    POST   | /projects                                     | []                   | 400 | malformed-request
                    GET    | /project/no-such-project                      |                      | 404 | project-not-found
                    DELETE | /project/no-such-project                      |                      | 404 | project-not-found
                    GET    | /project/UPPER                                |                      | 422 | invalid-input
                    GET    | /projects?limit=0                             |                      | 422 | invalid-input
                    GET    | /projects?limit=1001                          |                      | 422 | invalid-input
                    GET    | /projects?limit=many                          |                      | 422 | invalid-input
                    GET    | /projects?cursor=%21                          |                      | 422 | invalid-input
                    GET    | /project/no-such-project/packages             |                      | 404 | project-not-found
                    GET    | /project/no-such-project/packages/k           |                      | 404 | project-not-found
                    GET    | /project/no-such-project/packages/k/tags/t    |                      | 404 | project-not-found
                    GET    | /project/no-such-project/packages/k/download/t |                     | 404 | project-not-found
                    GET    | /artifacts/abc                                |                      | 422 | invalid-input
                    GET    | /search                                       |                      | 422 | invalid-input
                    GET    | /audit/events/00000000-0000-0000-0000-000000000000 |                 | 404 | event-not-found
                    GET    | /audit/events?from=yesterday                  |                      | 422 | invalid-input
                    """)
    void isAnsweredWithAProblemDocument(String method, String path, String body, int status, String type)
            throws Exception {
        Answer answer = client.json(method, path, body == null ? "" : body);
        assertProblem(answer, status, type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /tags/none                  | 404 | tag-not-found
                    /tags/.hidden               | 422 | invalid-input
                    /download/none              | 404 | tag-not-found
                    /download/sha256:abc        | 422 | invalid-input
                    /tags/none/history          | 404 | tag-not-found
                    """)
    void namesWhatIsMissingInAPackage(String path, int status, String type) throws Exception {
        Place place = client.createPlace();
        assertProblem(client.get(place.path() + path), status, type);
    }

    @Test
    void namesTheArtifactThatATagCannotPointAt() throws Exception {
        Place place = client.createPlace();
        assertProblem(client.putTag(place, "t", NONE), 404, "artifact-not-found");
        assertProblem(client.get(place.path() + "/download/sha256:" + NONE), 404, "artifact-not-found");
    }

    @Test
    void takesEachNameOnce() throws Exception {
        Place place = client.createPlace();
        assertProblem(
                client.json("POST", "/projects", "{\"name\": \"" + place.project() + "\"}"), 409, "project-exists");
        assertProblem(
                client.json(
                        "POST", "/project/" + place.project() + "/packages", "{\"name\": \"" + place.name() + "\"}"),
                409,
                "package-exists");
    }

    @Test
    void tellsWhereTheTagPointsWhenAConditionFails() throws Exception {
        Place place = client.createPlace();
        byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
        String digest = expect(201, client.upload(place, "?tag=t", content))
                .json()
                .path("sha256")
                .asString();

        Answer answer = client.putTag(place, "t", digest, "If-Match", "\"" + NONE + "\"");
        assertProblem(answer, 412, "precondition-failed");
        assertThat(answer.json().path("present_artifact_id").asString()).isEqualTo(digest);
        assertProblem(client.upload(place, "?tag=t", content, "If-None-Match", "*"), 412, "precondition-failed");
    }

    @Test
    void refusesATagThatIsNoTagBeforeTheBytes() throws Exception {
        Place place = client.createPlace();
        assertProblem(client.upload(place, "?tag=.t", new byte[1]), 422, "invalid-input");
    }

    @Test
    void givesTheSameAnswerToEveryWrongToken() throws Exception {
        for (String token :
                List.of("", "wrong", orchard.token() + "x", orchard.token().substring(1))) {
            Answer answer = new OrchardClient(orchard.url(), token).get("/projects");
            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.json().path("detail").asString())
                    .isEqualTo("Send the token as a bearer token, or as the password of HTTP Basic.");
        }
    }

    @Test
    void leavesNothingOfABodyThatIsCutOff() throws Exception {
        Place place = client.createPlace();
        long before = store.files();
        URI url = orchard.url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("""
                            POST /api/v1%s/upload?tag=t HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            Content-Type: application/octet-stream\r
                            Content-Length: 1000000\r
                            \r
                            %s""")
                            .formatted(place.path(), orchard.token(), "x".repeat(300_000))
                            .getBytes(StandardCharsets.US_ASCII));
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(store.files()).isEqualTo(before);
            assertThat(new Trail(orchard)
                            .ids(
                                    "orchard",
                                    "SELECT storage_key FROM orchard.upload_intents WHERE project = '" + place.project()
                                            + "'"))
                    .isEmpty();
        });
        assertThat(client.get(place.path() + "/tags/t").status()).isEqualTo(404);
    }
}
