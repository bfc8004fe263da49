package dev.orchard.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway on a port, with stand-ins for the services behind it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "orchard.gateway.part-size=5MB",
            "orchard.gateway.complete-patience=1s"
        })
public abstract class RunningGateway {
    protected static final String TOKEN = "admin-token-admin-token-admin-token";
    protected static final String SERVICE_TOKEN = "service-token-service-token-service";
    protected static final FakeService metadata = new FakeService();
    protected static final FakeService storage = new FakeService();
    protected static final FakeService audit = new FakeService();
    protected static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    protected int port;

    @Autowired
    protected JsonMapper json;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("orchard.gateway.metadata-url", metadata::url);
        registry.add("orchard.gateway.storage-url", storage::url);
        registry.add("orchard.gateway.audit-url", audit::url);
        registry.add("orchard.gateway.admin-token-file", () -> file(TOKEN));
        registry.add("orchard.service.token-file", () -> file(SERVICE_TOKEN));
    }

    @BeforeEach
    void forget() {
        metadata.forget();
        storage.forget();
        audit.forget();
    }

    protected HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Authorization", "Bearer " + TOKEN);
    }

    protected HttpResponse<String> get(String target, String... headers) {
        var request = request(target);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    protected JsonNode read(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    protected RawConnection connect() {
        return new RawConnection(port);
    }

    private static Path file(String token) {
        try {
            var file = Files.createTempFile("token", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
