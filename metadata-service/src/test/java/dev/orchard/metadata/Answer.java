package dev.orchard.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A member of the document, as text. */
    public String text(String member) {
        return json().required(member).asString();
    }

    /** A header line; empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public Answer expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** That it is a problem document of this kind, which names the request. */
    public Answer expectProblem(int expected, String kind) {
        expect(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(text("type")).isEqualTo("urn:orchard:problem:" + kind);
        assertThat(json().required("status").asInt()).isEqualTo(expected);
        assertThat(text("request_id")).isNotBlank().isEqualTo(header("X-Request-Id"));
        return this;
    }

    /** That it is a 422 about this field. */
    public Answer expectInvalid(String field) {
        expectProblem(422, "invalid-input");
        assertThat(json().required("errors")
                        .valueStream()
                        .map(error -> error.required("field").asString()))
                .containsExactly(field);
        return this;
    }
}
