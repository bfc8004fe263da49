package dev.orchard.metadata.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a tag ever pointed at, and the tags of a package page by page. */
class TagHistoryAndListIT {
    private final TestPackage here = TestPackage.create();
    private final String first = here.uploadNew();
    private final String second = here.uploadNew();

    @Test
    void chainsTheTargetsOfATag() {
        here.point("v1", first, "X-Orchard-Actor", "alice").expect(201);
        here.point("v1", second, "X-Orchard-Actor", "bob").expect(200);
        here.point("v1", first).expect(200);

        var history = history("");
        assertThat(texts(history, "artifact_id")).containsExactly(first, second, first);
        assertThat(texts(history, "change")).containsExactly("moved", "moved", "created");
        assertThat(texts(history, "by")).containsExactly("alice", "bob", "alice");
        assertThat(history.get(0).required("to").isNull()).isTrue();
        assertThat(texts(history, "to").subList(1, 3))
                .isEqualTo(texts(history, "from").subList(0, 2));
        assertThat(history.get(0).propertyNames())
                .containsExactlyInAnyOrder("artifact_id", "from", "to", "by", "change");
    }

    @Test
    void endsATargetAtTheDeletionAndBeginsAnewAtTheCreation() {
        here.point("v1", first).expect(201);
        here.client().delete(here.path("v1")).expect(204);
        String end = texts(history(""), "to").getFirst();
        here.point("v1", second).expect(201);

        var history = history("");
        assertThat(texts(history, "change")).containsExactly("created", "created");
        assertThat(texts(history, "to")).containsExactly("", end);
        assertThat(texts(history, "from").getFirst()).isGreaterThan(end);
    }

    @Test
    void keepsTheHistoryThroughTheDeletionOfThePackage() {
        here.point("v1", first).expect(201);
        here.client().delete(here.path()).expect(200);
        here.recreate();

        assertThat(texts(history(""), "artifact_id")).containsExactly(first);
    }

    @Test
    void pagesThroughTheHistory() {
        here.point("v1", first).expect(201);
        here.point("v1", second).expect(200);
        here.point("v1", first).expect(200);
        var page = here.client().get(here.path("v1") + "/history?limit=2").expect(200);

        assertThat(texts(page.json().required("items"), "artifact_id")).containsExactly(first, second);
        assertThat(texts(history("?cursor=" + page.text("next_cursor")), "artifact_id"))
                .containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eA", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA", "", "!"})
    void refusesACursorThatIsNoneOfAHistory(String cursor) {
        here.client().get(here.path("v1") + "/history?cursor=" + cursor).expectInvalid("cursor");
    }

    @Test
    void listsEachTagOnceThoughOthersAreMadeMeanwhile() {
        for (int n = 0; n < 6; n += 2) {
            here.point("t" + n, first).expect(201);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            var answer =
                    here.client().get(here.path() + "/tags?limit=1" + cursor).expect(200);
            seen.addAll(texts(answer.json().required("items"), "name"));
            here.point("a" + page, second).expect(201);
            cursor = "&cursor=" + answer.text("next_cursor");
        }

        assertThat(seen).containsExactly("t0", "t2", "t4");
        assertThat(here.client()
                        .get(here.path() + "/tags")
                        .json()
                        .required("next_cursor")
                        .isNull())
                .isTrue();
    }

    private JsonNode history(String query) {
        return here.client()
                .get(here.path("v1") + "/history" + query)
                .expect(200)
                .json()
                .required("items");
    }

    private static List<String> texts(JsonNode items, String member) {
        return items.valueStream()
                .map(item -> item.required(member).asString(""))
                .toList();
    }
}
