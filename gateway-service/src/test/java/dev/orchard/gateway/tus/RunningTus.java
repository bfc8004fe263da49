package dev.orchard.gateway.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeResumables;
import dev.orchard.gateway.RunningGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with an empty store behind it, and the requests that a tus client makes. */
abstract class RunningTus extends RunningGateway {
    static final String TUS = "/api/v1/project/p/packages/k/tus";
    static final String CHUNK = "application/offset+octet-stream";
    static final int PART = 5 << 20;

    final byte[] content = new byte[2 * PART + 1000];
    FakeResumables behind;

    @BeforeEach
    void acceptUploads() {
        new Random(7).nextBytes(content);
        behind = new FakeResumables(metadata, storage);
    }

    HttpResponse<String> call(String method, String target, byte[] body, String... headers) {
        var request = request(target).header("Tus-Resumable", "1.0.0");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)));
    }

    String create(String... headers) {
        var answer = call("POST", TUS, null, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return header(answer, "Location");
    }

    HttpResponse<String> patch(String upload, long offset, byte[] body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = CHUNK;
        all[headers.length + 2] = "Upload-Offset";
        all[headers.length + 3] = String.valueOf(offset);
        return call("PATCH", upload, body, all);
    }

    HttpResponse<String> head(String upload) {
        return call("HEAD", upload, null);
    }

    byte[] slice(int from, int to) {
        return Arrays.copyOfRange(content, from, to);
    }

    String type(HttpResponse<String> answer) {
        return read(answer).path("type").asString("").replace("urn:orchard:problem:", "");
    }

    static String id(String upload) {
        return upload.substring(upload.lastIndexOf('/') + 1);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
