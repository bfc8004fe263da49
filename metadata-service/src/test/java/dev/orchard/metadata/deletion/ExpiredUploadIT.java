package dev.orchard.metadata.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploads that took longer than they may. */
class ExpiredUploadIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");

    @Test
    void queuesTheKeyOfAnUploadThatTookTooLong() {
        var begun = here.begin(Map.of()).expect(201);
        expire(begun.text("upload_id"));
        here.stage().bean(DeletionService.class).giveUpExpired();

        here.expectNothingOf(begun, TestPackage.sha256(content), "expired");
        here.complete(begun.text("upload_id"), content, Map.of("tag", "v1")).expectProblem(409, "upload-expired");
    }

    @Test
    void leavesUploadsAloneThatStillHaveTime() {
        String uploadId = here.begun();
        here.stage().bean(DeletionService.class).giveUpExpired();

        here.complete(uploadId, content, Map.of("tag", "v1")).expect(201);
    }

    @Test
    void completesALateUploadThatNobodyGaveUpYet() {
        String uploadId = here.begun();
        expire(uploadId);
        here.complete(uploadId, content, Map.of("tag", "v1")).expect(201);
        here.stage().bean(DeletionService.class).giveUpExpired();

        assertThat(here.count("deletion_queue q JOIN orchard.artifacts USING (storage_key)"))
                .isZero();
    }

    private void expire(String uploadId) {
        here.stage()
                .database()
                .sql(
                        "UPDATE orchard.upload_intents SET expires_at = now() - interval '1 second' WHERE upload_id = ?::uuid")
                .param(uploadId)
                .update();
    }
}
