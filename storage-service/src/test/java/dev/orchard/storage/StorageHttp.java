package dev.orchard.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of a storage service, as its callers make them. */
final class StorageHttp {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    StorageHttp(int port) {
        this.port = port;
    }

    /** What was answered. */
    record Answer(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The answer's text under this name. */
        String text(String name) {
            return json().path(name).asString();
        }
    }

    Answer put(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).PUT(BodyPublishers.ofByteArray(body)));
    }

    Answer putInChunks(String path, InputStream body) throws IOException, InterruptedException {
        return send(request(path).PUT(BodyPublishers.ofInputStream(() -> body)));
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path, "Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofByteArray()).body();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + StorageProcess.TOKEN);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }
}
