package dev.orchard.audit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the audit service as the gateway would. */
public record AuditClient(URI base, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    static AuditClient of(ConfigurableApplicationContext service, String token) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return new AuditClient(URI.create("http://127.0.0.1:" + port), token);
    }

    /** The body of a 200, as it came. */
    public String text(String path) {
        var answer = exchange(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    public JsonNode json(String path) {
        return JSON.readTree(text(path));
    }

    public JsonNode events(String query) {
        return json("/api/v1/audit/events?" + query);
    }

    public HttpResponse<String> exchange(String path, String... headers) {
        return send(path, HttpResponse.BodyHandlers.ofString(), headers);
    }

    /** An answer whose body is read as it comes; whoever reads it closes it. */
    public HttpResponse<InputStream> open(String path, String... headers) {
        return send(path, HttpResponse.BodyHandlers.ofInputStream(), headers);
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
