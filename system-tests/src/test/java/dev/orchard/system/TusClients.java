package dev.orchard.system;

import static dev.orchard.system.Programs.run;

import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusExecutor;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The tus clients of others, as a program would use them; each answers the address of the finished upload. */
final class TusClients {
    private static final int[] DELAYS = new int[100];
    private static final Path SOURCES = RunningOrchard.HOME.resolve("system-tests/src/test/node");
    private static final Path NODE = RunningOrchard.HOME.resolve("system-tests/target/node");

    static {
        Arrays.fill(DELAYS, 20);
    }

    private TusClients() {}

    /** Once, beside the build's other results. */
    static synchronized void installForNode() throws IOException, InterruptedException {
        Files.createDirectories(NODE);
        for (String file : new String[] {".npmrc", "package.json", "package-lock.json", "upload.mjs"}) {
            Files.write(NODE.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        if (!Files.exists(NODE.resolve("node_modules"))) {
            run(NODE, "npm", "ci");
        }
    }

    static URI uploadWithNode(URI endpoint, String token, Path file, Map<String, String> metadata, String options)
            throws IOException, InterruptedException {
        String printed = run(
                NODE,
                "node",
                "upload.mjs",
                endpoint.toString(),
                token,
                file.toString(),
                new JsonMapper().writeValueAsString(metadata),
                options);
        return URI.create(printed.strip());
    }

    static URI uploadWithJava(
            URI endpoint, String token, GeneratedContent content, Map<String, String> metadata, int chunk)
            throws IOException, ProtocolException {
        var client = new TusClient();
        client.setUploadCreationURL(endpoint.toURL());
        client.setHeaders(Map.of("Authorization", "Bearer " + token));
        var addresses = new TusURLMemoryStore();
        client.enableResuming(addresses);
        var upload = new TusExecutor() {
            private URI address = endpoint;

            @Override
            protected void makeAttempt() throws ProtocolException, IOException {
                var uploader = client.resumeOrCreateUpload(describe(content, metadata));
                address = URI.create(uploader.getUploadURL().toString());
                uploader.setChunkSize(Math.min(chunk, 1 << 20));
                uploader.setRequestPayloadSize(chunk);
                int sent;
                do {
                    sent = uploader.uploadChunk();
                } while (sent >= 0);
                uploader.finish();
            }
        };
        upload.setDelays(DELAYS);
        upload.makeAttempts();
        return upload.address;
    }

    private static TusUpload describe(GeneratedContent content, Map<String, String> metadata) {
        var upload = new TusUpload();
        upload.setInputStream(content.open());
        upload.setSize(content.size());
        upload.setFingerprint(content.toString());
        upload.setMetadata(metadata);
        return upload;
    }
}
