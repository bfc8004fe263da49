package dev.orchard.metadata.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is stored and what deduplication saved, of one project and of all. */
class StatisticsIT {
    @Test
    void addsUpAProject() {
        var here = TestPackage.create();
        String content = TestPackage.unique("content");
        here.upload(content, "a");
        here.upload(content, "b");
        here.upload(content);
        here.uploadNew();

        var numbers = statistics(here.stage(), "/api/v1/project/" + here.project() + "/stats");
        long size = content.length();
        assertThat(number(numbers, "uploads")).isEqualTo(4);
        assertThat(number(numbers, "deduplicated_uploads")).isEqualTo(2);
        assertThat(number(numbers, "logical_bytes")).isEqualTo(4 * size);
        assertThat(number(numbers, "stored_bytes")).isEqualTo(2 * size);
        assertThat(number(numbers, "bytes_saved")).isEqualTo(2 * size);
        assertThat(numbers.required("dedup_ratio").asDouble()).isEqualTo(2.0);
        assertThat(number(numbers, "artifacts")).isEqualTo(2);
        assertThat(number(numbers, "orphaned_artifacts")).isOne();
        assertThat(number(numbers, "orphaned_bytes")).isEqualTo(size);
    }

    @Test
    void addsUpEverything() {
        try (var stage = MetadataStage.alone()) {
            String content = TestPackage.unique("content");
            TestPackage.create(stage).upload(content, "a");
            TestPackage.create(stage).upload(content, "a");

            var numbers = statistics(stage, "/api/v1/stats");
            assertThat(number(numbers, "uploads")).isEqualTo(2);
            assertThat(number(numbers, "artifacts")).isOne();
            assertThat(number(numbers, "orphaned_artifacts")).isZero();
        }
    }

    @Test
    void knowsNoProjectThatIsNotThere() {
        MetadataStage.shared()
                .client()
                .get("/api/v1/project/" + TestPackage.unique("none") + "/stats")
                .expectProblem(404, "project-not-found");
    }

    @Test
    void hasARatioOfOneWhereNothingIsStored() {
        var here = TestPackage.create();

        assertThat(statistics(here.stage(), "/api/v1/project/" + here.project() + "/stats")
                        .required("dedup_ratio")
                        .asDouble())
                .isEqualTo(1.0);
    }

    private static JsonNode statistics(MetadataStage stage, String path) {
        return stage.client().get(path).expect(200).json();
    }

    private static long number(JsonNode numbers, String name) {
        return numbers.required(name).asLong();
    }
}
