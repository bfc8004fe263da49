package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.system.OrchardClient.Answer;

/** What every problem document has. */
final class Problems {
    private Problems() {}

    static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        var problem = answer.json();
        assertThat(problem.path("type").asString()).isEqualTo("urn:orchard:problem:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).isNotEmpty();
        assertThat(problem.path("instance").asString()).startsWith("/api/v1/");
        assertThat(problem.path("request_id").asString()).isEqualTo(answer.header("X-Request-Id"));
    }

    /** The last word of the problem's type, or nothing where the answer is none. */
    static String type(Answer answer) {
        if (!answer.header("Content-Type").equals("application/problem+json")) {
            return "";
        }
        String type = answer.json().path("type").asString();
        return type.substring(type.lastIndexOf(':') + 1);
    }
}
