package dev.orchard.metadata.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.TestPackage;
import dev.orchard.metadata.Together;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several clients that set the same tag at the same time. */
class TagRaceIT {
    private static final int ROUNDS = 10;

    private final TestPackage here = TestPackage.create();
    private final List<String> artifacts =
            Stream.generate(here::uploadNew).limit(4).toList();

    @Test
    void letsOneOfTwoCreateTheTag() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String tag = "v" + round;
            var answers = Together.run(2, n -> here.point(tag, artifacts.get(n), "If-None-Match", "*"));

            assertThat(statuses(answers)).containsExactlyInAnyOrder(201, 412);
        }
    }

    @Test
    void letsOneOfTwoMoveTheTag() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String tag = "v" + round;
            here.point(tag, artifacts.get(2)).expect(201);
            var answers =
                    Together.run(2, n -> here.point(tag, artifacts.get(n), "If-Match", '"' + artifacts.get(2) + '"'));

            assertThat(statuses(answers)).containsExactlyInAnyOrder(200, 412);
        }
    }

    @Test
    void letsOneOfAMoveAndADeletionWin() throws InterruptedException {
        String seen = '"' + artifacts.getFirst() + '"';
        for (int round = 0; round < ROUNDS; round++) {
            String tag = "v" + round;
            here.point(tag, artifacts.getFirst()).expect(201);
            var answers = Together.run(
                    2,
                    n -> n == 0
                            ? here.client().delete(here.path(tag), "If-Match", seen)
                            : here.point(tag, artifacts.getLast(), "If-Match", seen));

            assertThat(statuses(answers)).isIn(List.of(204, 412), List.of(412, 200));
        }
    }

    @Test
    void answersEachClientWithWhatItSetThoughOthersMoveAndDeleteTheTag() throws InterruptedException {
        Together.run(4, client -> {
            for (int round = 0; round < 2 * ROUNDS; round++) {
                var answer = here.point("v1", artifacts.get(client));
                assertThat(answer.status()).isIn(200, 201);
                assertThat(answer.text("artifact_id")).isEqualTo(artifacts.get(client));
                assertThat(here.client().delete(here.path("v1")).status()).isIn(204, 404);
            }
            return client;
        });
    }

    private static List<Integer> statuses(List<Answer> answers) {
        return answers.stream().map(Answer::status).toList();
    }
}
