package dev.orchard.metadata.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Finding things by a part of their names. */
class SearchIT {
    private final TestPackage here = TestPackage.create();
    private final String word = TestPackage.unique("w");

    @Test
    void findsProjectsPackagesTagsFilesAndDigests() {
        var named = new TestPackage(here.stage(), "p-" + word, "k-" + word);
        here.client().post("/api/v1/projects", Map.of("name", named.project())).expect(201);
        named.recreate();
        String content = TestPackage.unique("content");
        named.complete(named.begun(), content, Map.of("tag", "T-" + word, "filename", word.toUpperCase(Locale.ROOT)))
                .expect(201);

        assertThat(kinds(search(word.toUpperCase(Locale.ROOT), "")))
                .containsExactly("project", "package", "tag", "filename");
        var byDigest = search(TestPackage.sha256(content).substring(0, 20), "");
        assertThat(kinds(byDigest)).containsExactly("artifact");
        assertThat(byDigest.required("items").get(0).required("artifact_id").asString())
                .isEqualTo(TestPackage.sha256(content));
    }

    @Test
    void pagesThroughAllHitsOnce() {
        for (int n = 0; n < 5; n++) {
            here.upload(TestPackage.unique("content"), word + "-" + n);
        }
        List<String> tags = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            var answer = search(word, "&limit=2" + cursor);
            answer.required("items").forEach(hit -> tags.add(hit.required("tag").asString()));
            cursor = "&cursor=" + answer.required("next_cursor").asString("");
        }

        assertThat(tags).containsExactly(word + "-0", word + "-1", word + "-2", word + "-3", word + "-4");
    }

    @Test
    void takesNoCharacterForAPattern() {
        assertThat(kinds(search("%25", ""))).isEmpty();
    }

    @Test
    void wantsSomethingToLookFor() {
        here.client().get("/api/v1/search").expectInvalid("q");
        here.client().get("/api/v1/search?q=%20").expectInvalid("q");
        here.client().get("/api/v1/search?q=" + "a".repeat(256)).expectInvalid("q");
    }

    private JsonNode search(String text, String more) {
        return here.client().get("/api/v1/search?q=" + text + more).expect(200).json();
    }

    private static List<String> kinds(JsonNode page) {
        return page.required("items")
                .valueStream()
                .map(hit -> hit.required("kind").asString())
                .toList();
    }
}
