package dev.orchard.metadata.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.MetadataClient;
import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong in themselves: each is answered with a problem document that names the request. */
class RefusedRequestIT {
    private static final String PROJECTS = "/api/v1/projects";

    private final MetadataClient client = MetadataStage.shared().client();

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", ".a", "a b", "a/b", "ä", "a\n"})
    void refusesWhatIsNoName(String name) {
        client.post(PROJECTS, Map.of("name", name)).expectInvalid("name");
    }

    @Test
    void refusesANameThatIsTooLong() {
        client.post(PROJECTS, Map.of("name", "a".repeat(129))).expectInvalid("name");
    }

    @Test
    void wantsAName() {
        client.post(PROJECTS, Map.of()).expectInvalid("name");
    }

    @Test
    void refusesTextThatCannotBeStored() {
        client.post(PROJECTS, Map.of("name", TestPackage.unique("p"), "description", "a\0b"))
                .expectInvalid("description");
        client.post(PROJECTS, Map.of("name", TestPackage.unique("p"), "description", "a".repeat(2001)))
                .expectInvalid("description");
        client.post(PROJECTS, Map.of("name", TestPackage.unique("p"), "visibility", "some"))
                .expectInvalid("visibility");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"name\"", "{\"name\": {}}"})
    void refusesWhatIsNotTheJsonThatItTakes(String body) {
        client.send("POST", PROJECTS, body).expectProblem(400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/v1", "/api/v1/nothing", "/api/v1/projects/", "/internal/nothing", "/actuator/nothing"
            })
    void knowsNoOtherRoutes(String path) {
        client.get(path).expectProblem(404, "route-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/projects, 'GET, HEAD, POST'",
        "PUT, /api/v1/project/p, 'DELETE, GET, HEAD'",
        "GET, /internal/uploads, POST",
        "POST, /api/v1/project/p/packages/k/tags/t, 'DELETE, GET, HEAD, PUT'",
    })
    void saysWhichMethodsAnAddressTakes(String method, String path, String allowed) {
        var refused = client.send(method, path, "{}").expectProblem(405, "method-not-allowed");

        assertThat(refused.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void takesJsonOnly() {
        client.exchange(client.request(PROJECTS)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}")))
                .expectProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 1001", "limit, many", "cursor, !"})
    void refusesPagesThatThereAreNot(String parameter, String value) {
        client.get(PROJECTS + "?" + parameter + "=" + value).expectInvalid(parameter);
    }

    @Test
    void takesTheLargestPage() {
        client.get(PROJECTS + "?limit=1000").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/projects?q=%00", "/api/v1/projects?cursor=AA", "/api/v1/search?q=%00"})
    void refusesACharacterThatNothingCanHold(String path) {
        client.get(path).expectProblem(400, "malformed-request");
    }

    @Test
    void refusesACursorThatIsNoneOfAListOfArtifacts() {
        var here = TestPackage.create();

        client.get(here.path() + "/artifacts?cursor=eA").expectInvalid("cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/project/A", "/api/v1/project/-/stats"})
    void refusesAPathThatHoldsNoName(String path) {
        client.get(path).expectInvalid("project");
    }
}
