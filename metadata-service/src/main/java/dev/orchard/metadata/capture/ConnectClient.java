package dev.orchard.metadata.capture;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Kafka Connect's REST interface, as far as one connector needs it. */
@Component
class ConnectClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final RestClient connect;

    ConnectClient(CaptureSettings settings) {
        var http = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build());
        http.setReadTimeout(READ_TIMEOUT);
        this.connect = RestClient.builder()
                .requestFactory(http)
                .baseUrl(settings.connectUrl())
                .build();
    }

    /** A connector and its tasks, each {@code RUNNING}, {@code FAILED}, … */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Status(Part connector, List<Part> tasks) {
        /** What failed, the tasks first. */
        Optional<Part> failed() {
            return Stream.concat(tasks.stream(), Stream.of(connector))
                    .filter(part -> part.state().equals("FAILED"))
                    .findFirst();
        }

        boolean isRunning() {
            return !tasks.isEmpty()
                    && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
        }

        /** The state of the connector or of one of its tasks; {@code trace} where it failed. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Part(String state, @Nullable String trace) {}
    }

    /** Creates the connector or changes its configuration; nothing happens if it has that configuration already. */
    void put(String name, Map<String, String> configuration) {
        connect.put()
                .uri("/connectors/{name}/config", name)
                .contentType(MediaType.APPLICATION_JSON)
                .body(configuration)
                .retrieve()
                .toBodilessEntity();
    }

    Optional<Map<String, String>> configuration(String name) {
        try {
            return Optional.ofNullable(connect.get()
                    .uri("/connectors/{name}/config", name)
                    .retrieve()
                    .body(new ParameterizedTypeReference<Map<String, String>>() {}));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    Optional<Status> status(String name) {
        try {
            return Optional.ofNullable(connect.get()
                    .uri("/connectors/{name}/status", name)
                    .retrieve()
                    .body(Status.class));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Stops the connector and its tasks; it takes a while until they have. */
    void stop(String name) {
        command(name, "stop");
    }

    /** Lets a connector go on that was stopped. */
    void resume(String name) {
        command(name, "resume");
    }

    /** Makes a connector that has stopped forget how far it had come. */
    void deleteOffsets(String name) {
        connect.delete().uri("/connectors/{name}/offsets", name).retrieve().toBodilessEntity();
    }

    /** Restarts the connector and those of its tasks that failed. */
    void restartFailed(String name) {
        connect.post()
                .uri("/connectors/{name}/restart?includeTasks=true&onlyFailed=true", name)
                .retrieve()
                .toBodilessEntity();
    }

    private void command(String name, String command) {
        connect.put()
                .uri("/connectors/{name}/{command}", name, command)
                .retrieve()
                .toBodilessEntity();
    }
}
