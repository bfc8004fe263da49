package dev.orchard.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AsyncApiTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path STANDARD = Path.of("src/test/asyncapi");

    private final JsonNode document = new YAMLMapper().readTree(RESOURCES.resolve("asyncapi.yaml"));

    @Test
    void keepsTheStandard() throws Exception {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(standard(), InputFormat.JSON);
        assertThat(schema.validate(document)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "live"})
    void namesEveryTypeAsAMessageOfTheChannel(String channel) {
        var messages = document.path("channels").path(channel).path("messages");
        assertThat(messages.propertyNames()).containsExactlyElementsOf(types());
        for (String type : types()) {
            JsonNode message = referred(messages.path(type));
            assertThat(message.path("name").asString()).isEqualTo(type);
            assertThat(schemaOf(message)).isEqualTo("schemas/" + type + ".json");
        }
    }

    @Test
    void refersOnlyToWhatIsThere() {
        var references = document.findValuesAsString("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(RESOURCES.resolve(reference)).exists();
            }
        });
    }

    @Test
    void knowsTheTopicAndTheHeadersThatTheConnectorMakes() throws IOException {
        var connector =
                Files.readString(Path.of("../metadata-service/src/main/resources/connector/orchard-ledger.properties"));
        var ledger = document.path("channels").path("ledger");
        var record = document.at("/components/messageTraits/record");

        assertThat(connector)
                .contains("topic.replacement=" + ledger.path("address").asString())
                .contains("header:ce_type")
                .contains("contentType.header=content-type")
                .contains("literal=" + record.path("contentType").asString())
                .contains("retention.ms=" + ledger.at("/bindings/kafka/topicConfiguration/retention.ms"))
                .contains("topic.creation.default.partitions=" + ledger.at("/bindings/kafka/partitions"));
        assertThat(record.at("/headers/properties").propertyNames())
                .containsExactlyInAnyOrder("id", "ce_type", "content-type");
    }

    private static List<String> types() {
        return Arrays.stream(EventType.values()).map(EventType::text).toList();
    }

    private String schemaOf(JsonNode message) {
        return referred(message.path("payload")).path("schema").path("$ref").asString();
    }

    private JsonNode referred(JsonNode reference) {
        return document.at(reference.path("$ref").asString().substring(1));
    }

    /** AsyncAPI's own JSON Schema, from the package in which its makers publish it. */
    private static String standard() throws IOException, InterruptedException {
        Path schema = STANDARD.resolve("node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json");
        if (!Files.exists(schema)) {
            install();
        }
        return Files.readString(schema);
    }

    private static void install() throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
        assumeTrue(there, "npm is not installed, so AsyncAPI's schema cannot be fetched");
        Path output = Files.createTempFile("npm", ".log");
        var npm = new ProcessBuilder("npm", "ci")
                .directory(STANDARD.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(npm.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(npm.exitValue()).as(Files.readString(output)).isZero();
        Files.delete(output);
    }
}
