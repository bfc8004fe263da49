package dev.orchard.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.orchard.system.architecture.example.AmazonService;
import dev.orchard.system.architecture.example.EverythingManager;
import dev.orchard.system.architecture.example.KafkaService;
import dev.orchard.system.architecture.example.SqlService;
import dev.orchard.system.architecture.example.WebService;
import dev.orchard.system.architecture.example.one.OneService;
import dev.orchard.system.architecture.example.one.OneStore;
import dev.orchard.system.architecture.example.two.TwoService;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The borders inside the services, and for each rule an example that breaks it. */
class ArchitectureTest {
    private static final Path HOME = Path.of(System.getProperty("orchard.home", ".."));
    private static final JavaClasses SERVICES = new ClassFileImporter()
            .importPaths(Stream.of(
                            "service-support",
                            "metadata-service",
                            "storage-service",
                            "audit-service",
                            "gateway-service")
                    .map(module -> HOME.resolve(module).resolve("target/classes"))
                    .toList());

    static Stream<Arguments> rulesAndExamples() {
        return Stream.of(
                Arguments.of(Rules.SQL_ONLY_IN_POSTGRES_STORES, List.of(SqlService.class)),
                Arguments.of(Rules.AMAZON_ONLY_IN_S3, List.of(AmazonService.class)),
                Arguments.of(Rules.KAFKA_ONLY_IN_LISTENERS, List.of(KafkaService.class)),
                Arguments.of(Rules.NO_HTTP_BELOW_THE_ENTRY, List.of(WebService.class)),
                Arguments.of(Rules.NAMES_SAY_SOMETHING, List.of(EverythingManager.class)),
                Arguments.of(Rules.STORES_STAY_IN_THEIR_FEATURE, List.of(OneStore.class, TwoService.class)),
                Arguments.of(Rules.NO_CYCLES, List.of(OneService.class, TwoService.class, OneStore.class)));
    }

    @Test
    void looksAtAllServices() {
        assertThat(SERVICES).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("rulesAndExamples")
    void holdsInTheServices(ArchRule rule, List<Class<?>> examples) {
        rule.check(SERVICES);
    }

    @ParameterizedTest
    @MethodSource("rulesAndExamples")
    void isSeenToFail(ArchRule rule, List<Class<?>> examples) {
        var classes = new ClassFileImporter().importClasses(examples);
        assertThat(rule.evaluate(classes).hasViolation()).isTrue();
    }
}
