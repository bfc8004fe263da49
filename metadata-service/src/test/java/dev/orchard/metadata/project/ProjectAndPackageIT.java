package dev.orchard.metadata.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.MetadataClient;
import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import dev.orchard.metadata.Together;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Creating, listing and deleting projects and packages. */
class ProjectAndPackageIT {
    private final MetadataClient client = MetadataStage.shared().client();
    private final String name = TestPackage.unique("p");

    @Test
    void createsAProject() {
        var created = client.post(
                        "/api/v1/projects", Map.of("name", name, "description", "What we ship", "visibility", "public"))
                .expect(201);

        assertThat(created.header("Location")).isEqualTo("/api/v1/project/" + name);
        assertThat(created.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "description",
                        "visibility",
                        "package_count",
                        "tag_count",
                        "artifact_count",
                        "logical_bytes",
                        "stored_bytes",
                        "created_at",
                        "created_by");
        assertThat(created.text("visibility")).isEqualTo("public");
        assertThat(created.json())
                .isEqualTo(client.get("/api/v1/project/" + name).expect(200).json());
    }

    @Test
    void keepsAProjectPrivateUnlessToldOtherwise() {
        var created = client.post("/api/v1/projects", Map.of("name", name)).expect(201);

        assertThat(created.text("visibility")).isEqualTo("private");
        assertThat(created.text("description")).isEmpty();
    }

    @Test
    void givesANameToOneProjectOnly() throws InterruptedException {
        var answers = Together.run(4, n -> client.post("/api/v1/projects", Map.of("name", name)));

        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(201, 409, 409, 409);
        client.post("/api/v1/projects", Map.of("name", name)).expectProblem(409, "project-exists");
    }

    @Test
    void givesANameToOnePackageOfAProjectOnly() {
        var here = TestPackage.create();
        var created = client.post("/api/v1/project/" + here.project() + "/packages", Map.of("name", "other"))
                .expect(201);

        assertThat(created.header("Location")).isEqualTo("/api/v1/project/" + here.project() + "/packages/other");
        client.post("/api/v1/project/" + here.project() + "/packages", Map.of("name", "k"))
                .expectProblem(409, "package-exists");
        client.post("/api/v1/project/" + name + "/packages", Map.of("name", "k"))
                .expectProblem(404, "project-not-found");
    }

    @Test
    void listsWhatContainsTheTextPageByPage() {
        for (String suffix : List.of("-c", "-a", "-b")) {
            client.post("/api/v1/projects", Map.of("name", name + suffix)).expect(201);
        }
        String query = "/api/v1/projects?limit=2&q=" + name.toUpperCase(java.util.Locale.ROOT);
        var page = client.get(query).expect(200);
        var rest = client.get(query + "&cursor=" + page.text("next_cursor")).expect(200);

        assertThat(names(page)).containsExactly(name + "-a", name + "-b");
        assertThat(names(rest)).containsExactly(name + "-c");
        assertThat(rest.json().required("next_cursor").isNull()).isTrue();
        assertThat(names(client.get("/api/v1/projects?q=%25"))).isEmpty();
    }

    @Test
    void listsThePackagesOfAProject() {
        var here = TestPackage.create();
        String path = "/api/v1/project/" + here.project() + "/packages";
        client.post(path, Map.of("name", "kk")).expect(201);
        client.post(path, Map.of("name", "x")).expect(201);

        assertThat(names(client.get(path))).containsExactly("k", "kk", "x");
        assertThat(names(client.get(path + "?q=k&limit=1"))).containsExactly("k");
        client.get("/api/v1/project/" + name + "/packages").expectProblem(404, "project-not-found");
    }

    @Test
    void countsEachTagAndEachArtifactOnceInTheNumbers() {
        var here = TestPackage.create();
        String content = TestPackage.unique("content");
        here.upload(content, "a");
        here.upload(content, "b");
        here.upload(TestPackage.unique("content"), "c");
        var project =
                client.get("/api/v1/project/" + here.project()).expect(200).json();
        var details = client.get(here.path()).expect(200).json();

        assertThat(project.required("package_count").asLong()).isOne();
        for (var numbers : List.of(project, details)) {
            assertThat(numbers.required("tag_count").asLong()).isEqualTo(3);
            assertThat(numbers.required("artifact_count").asLong()).isEqualTo(2);
            assertThat(numbers.required("logical_bytes").asLong()).isEqualTo(3L * content.length());
            assertThat(numbers.required("stored_bytes").asLong()).isEqualTo(2L * content.length());
        }
    }

    @Test
    void releasesWithAPackageOnlyWhatNoOtherProjectRefersTo() {
        var here = TestPackage.create();
        var there = TestPackage.create();
        String shared = TestPackage.unique("shared");
        String digest = here.upload(shared, "a");
        here.upload(shared, "b");
        here.upload(TestPackage.unique("own"), "c");
        there.upload(shared, "a");

        var deleted = client.delete(here.path()).expect(200).json();

        assertThat(deleted.required("tags_deleted").asLong()).isEqualTo(3);
        assertThat(deleted.required("artifacts_released").asLong()).isOne();
        assertThat(here.refCount(digest)).isOne();
        client.get(here.path()).expectProblem(404, "package-not-found");
        client.delete(here.path()).expectProblem(404, "package-not-found");
    }

    @Test
    void releasesWithAProjectOnlyWhatNoOtherProjectRefersTo() {
        var here = TestPackage.create();
        var there = TestPackage.create();
        String shared = TestPackage.unique("shared");
        here.upload(shared, "a");
        here.upload(TestPackage.unique("own"), "c");
        there.upload(shared, "a");

        var deleted =
                client.delete("/api/v1/project/" + here.project()).expect(200).json();

        assertThat(deleted.required("packages_deleted").asLong()).isOne();
        assertThat(deleted.required("tags_deleted").asLong()).isEqualTo(2);
        assertThat(deleted.required("artifacts_released").asLong()).isOne();
        client.get("/api/v1/project/" + here.project()).expectProblem(404, "project-not-found");
        client.delete("/api/v1/project/" + here.project()).expectProblem(404, "project-not-found");
    }

    private static List<String> names(Answer list) {
        return list.expect(200)
                .json()
                .required("items")
                .valueStream()
                .map(item -> item.required("name").asString())
                .toList();
    }
}
