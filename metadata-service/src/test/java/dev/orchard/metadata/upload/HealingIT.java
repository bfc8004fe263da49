package dev.orchard.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Content whose blob is missing or short, and comes again. */
class HealingIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String digest = here.upload(content, "v1");
    private final String brokenKey = key();

    @Test
    void putsTheNewBytesInThePlaceOfABlobThatIsMissing() {
        here.stage().storage().breaks(brokenKey, -1);
        var begun = here.begin(Map.of()).expect(201);
        here.complete(begun.text("upload_id"), content, Map.of("tag", "v2")).expect(201);

        assertThat(key()).isEqualTo(begun.text("storage_key"));
        assertThat(here.queuedBecause(brokenKey)).isEqualTo("replaced");
        assertThat(here.refCount(digest)).isEqualTo(2);
        assertThat(healed()).isOne();
    }

    @Test
    void putsTheNewBytesInThePlaceOfABlobThatIsShort() {
        here.stage().storage().breaks(brokenKey, 3);
        var begun = here.begin(Map.of()).expect(201);
        here.complete(begun.text("upload_id"), content, Map.of()).expect(201);

        assertThat(key()).isEqualTo(begun.text("storage_key"));
    }

    @Test
    void keepsABlobThatIsWhole() {
        here.complete(here.begun(), content, Map.of("tag", "v2")).expect(201);

        assertThat(key()).isEqualTo(brokenKey);
        assertThat(healed()).isZero();
    }

    @Test
    void asksForTheBytesOfDeclaredContentWhoseBlobIsMissing() {
        here.stage().storage().breaks(brokenKey, -1);
        var begun = here.begin(Map.of("sha256", digest, "tag", "v2")).expect(201);

        assertThat(here.refCount(digest)).isOne();
        here.complete(begun.text("upload_id"), content, Map.of("tag", "v2")).expect(201);
        assertThat(key()).isEqualTo(begun.text("storage_key"));
        assertThat(here.refCount(digest)).isEqualTo(2);
    }

    private String key() {
        return here.client()
                .get("/internal/content?project=" + here.project() + "&package=k&ref=sha256:"
                        + TestPackage.sha256(content))
                .expect(200)
                .text("storage_key");
    }

    private long healed() {
        return here
                .stage()
                .database()
                .sql(
                        "SELECT payload FROM orchard.event_log WHERE type = 'dev.orchard.artifact.healed.v1' AND subject = ?")
                .param("artifact/" + digest)
                .query(String.class)
                .list()
                .stream()
                .map(new JsonMapper()::readTree)
                .filter(event -> event.required("data")
                        .required("previous_storage_key")
                        .asString()
                        .equals(brokenKey))
                .count();
    }
}
