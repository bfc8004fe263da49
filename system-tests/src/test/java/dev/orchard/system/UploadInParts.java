package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;

import dev.orchard.system.OrchardClient.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/** An upload in parts, as a client of the parts API holds it. */
final class UploadInParts {
    private final OrchardClient client;
    private final String path;
    private final GeneratedContent content;
    private final long partSize;

    private UploadInParts(OrchardClient client, String path, GeneratedContent content, long partSize) {
        this.client = client;
        this.path = path;
        this.content = content;
        this.partSize = partSize;
    }

    static UploadInParts begin(OrchardClient client, Place place, GeneratedContent content, String more)
            throws IOException, InterruptedException {
        var upload = expect(201, create(client, place, "\"filename\": \"content.bin\"" + more))
                .json();
        String path = place.path() + "/uploads/" + upload.path("upload_id").asString();
        return new UploadInParts(client, path, content, upload.path("part_size").asLong());
    }

    static Answer create(OrchardClient client, Place place, String members) throws IOException, InterruptedException {
        return client.json("POST", place.path() + "/uploads", "{" + members + "}");
    }

    String path() {
        return path;
    }

    int parts() {
        return Math.toIntExact((content.size() + partSize - 1) / partSize);
    }

    byte[] bytes(int part) {
        return content.bytes((part - 1) * partSize, Math.min(part * partSize, content.size()));
    }

    Answer put(int part) throws IOException, InterruptedException {
        return put(part, BodyPublishers.ofByteArray(bytes(part)));
    }

    Answer put(int part, BodyPublisher body) throws IOException, InterruptedException {
        return client.send("PUT", path + "/parts/" + part, body);
    }

    void putAll() throws IOException, InterruptedException {
        for (int part = 1; part <= parts(); part++) {
            expect(200, put(part));
        }
    }

    JsonNode state() throws IOException, InterruptedException {
        return expect(200, client.get(path)).json();
    }

    Answer complete() throws IOException, InterruptedException {
        return client.json("POST", path + "/complete", "{}");
    }

    Answer delete() throws IOException, InterruptedException {
        return client.delete(path);
    }
}
