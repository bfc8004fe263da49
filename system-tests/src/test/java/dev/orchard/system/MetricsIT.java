package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** What the alarms and the dashboard ask for is told by an Orchard that was used a little. */
class MetricsIT {
    private static final List<String> SERVICES = List.of("gateway", "metadata", "storage", "audit");
    private static final Path FILES = RunningOrchard.HOME.resolve("service-support/observability");
    private static final Pattern NAME = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]");

    private static final RunningOrchard orchard = RunningOrchard.shared();
    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void useItALittle() throws IOException, InterruptedException {
        var client = orchard.client();
        var place = client.createPlace();
        expect(201, client.upload(place, "?filename=a.txt&tag=a", new byte[] {1}));
        client.download(place, "a");
        var upload = UploadInParts.begin(client, place, new GeneratedContent(1, 100), "");
        upload.putAll();
        expect(201, upload.complete());
    }

    @Test
    void tellWhatTheAlarmsAskFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String expression : alarms()) {
            asked.addAll(Expressions.metrics(expression));
        }
        asked.remove("up"); // Prometheus's own

        assertThat(asked).hasSizeGreaterThan(20);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(told()).containsAll(asked));
    }

    @Test
    void tellWhatTheDashboardAsksFor() throws IOException {
        var dashboard = new JsonMapper().readTree(Files.readString(FILES.resolve("grafana/dashboards/orchard.json")));
        Set<String> asked = new TreeSet<>();
        dashboard.findValuesAsString("expr").forEach(expression -> asked.addAll(Expressions.metrics(expression)));

        assertThat(asked).hasSizeGreaterThan(40);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(told()).containsAll(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "metadata", "storage", "audit"})
    void tellNobodyWithoutTheServiceToken(String service) throws IOException, InterruptedException {
        assertThat(scrape(service, serviceToken()).statusCode()).isEqualTo(200);
        assertThat(scrape(service, "no-token").statusCode()).isEqualTo(401);
    }

    private static List<String> alarms() throws IOException {
        var node =
                new JsonMapper().valueToTree(new Yaml().<Object>load(Files.readString(FILES.resolve("alerts.yaml"))));
        return node.findValuesAsString("expr");
    }

    private static Set<String> told() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (String service : SERVICES) {
            NAME.matcher(scrape(service, serviceToken()).body()).results().forEach(name -> names.add(name.group(1)));
        }
        return names;
    }

    private static HttpResponse<String> scrape(String service, String token) throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + orchard.port(service) + "/actuator/prometheus");
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    private static String serviceToken() throws IOException {
        return Files.readString(orchard.data().resolve("secrets/service-token")).strip();
    }
}
