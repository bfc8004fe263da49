package dev.orchard.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the REST contract as any program might write one. */
final class OrchardClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final String token;
    private final boolean asksOnceMore;
    private final List<String> retries = new CopyOnWriteArrayList<>();

    OrchardClient(URI base, String token) {
        this(base, token, false);
    }

    private OrchardClient(URI base, String token, boolean asksOnceMore) {
        this.base = base;
        this.token = token;
        this.asksOnceMore = asksOnceMore;
    }

    /** The same, but what breaks off or is answered 5xx is asked a second time, as any careful client would. */
    OrchardClient askingOnceMore() {
        return new OrchardClient(base, token, true);
    }

    /** What was asked a second time, and why. */
    List<String> retries() {
        return retries;
    }

    /** An answer: its status, headers and body. */
    record Answer(int status, HttpResponse<byte[]> response) {
        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path, String... headers) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    Answer json(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send(method, path, BodyPublishers.ofString(body), all);
    }

    /** A package in a new project of its own, both created. */
    Place createPlace() throws IOException, InterruptedException {
        return createPlace(unique("project"), unique("package"));
    }

    Place createPlace(String project, String name) throws IOException, InterruptedException {
        expect(201, json("POST", "/projects", "{\"name\": \"%s\"}".formatted(project)));
        return createPackage(project, name);
    }

    Place createPackage(String project, String name) throws IOException, InterruptedException {
        expect(201, json("POST", "/project/" + project + "/packages", "{\"name\": \"%s\"}".formatted(name)));
        return new Place(project, name);
    }

    Answer upload(Place place, String query, byte[] content, String... headers)
            throws IOException, InterruptedException {
        return upload(place, query, BodyPublishers.ofByteArray(content), headers);
    }

    Answer upload(Place place, String query, BodyPublisher content, String... headers)
            throws IOException, InterruptedException {
        return send("POST", place.path() + "/upload" + query, content, headers);
    }

    Answer putTag(Place place, String tag, String artifact, String... headers)
            throws IOException, InterruptedException {
        return json("PUT", place.path() + "/tags/" + tag, "{\"artifact_id\": \"%s\"}".formatted(artifact), headers);
    }

    byte[] download(Place place, String ref) throws IOException, InterruptedException {
        return expect(200, get(place.path() + "/download/" + ref)).response().body();
    }

    long refCount(String artifact) throws IOException, InterruptedException {
        return expect(200, get("/artifacts/" + artifact))
                .json()
                .path("ref_count")
                .asLong();
    }

    static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
        return answer;
    }

    Answer send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path.startsWith("//") ? path.substring(1) : "/api/v1" + path))
                .timeout(Duration.ofMinutes(10))
                .method(method, body)
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return asksOnceMore ? sendTwice(request.build()) : send(request.build());
    }

    private Answer sendTwice(HttpRequest request) throws IOException, InterruptedException {
        try {
            Answer answer = send(request);
            if (answer.status() < 500) {
                return answer;
            }
            retries.add(request.method() + " " + answer.status());
        } catch (IOException e) {
            retries.add(request.method() + " " + e.getMessage());
        }
        return send(request);
    }

    private static Answer send(HttpRequest request) throws IOException, InterruptedException {
        var response = HTTP.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }
}
