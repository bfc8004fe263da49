package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files that Prometheus reads, as Prometheus's own tool judges them. */
class AlertRulesTest {
    private static final Path FILES = RunningOrchard.HOME.resolve("service-support/observability");

    @Test
    void areRulesThatFireWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
        needPromtool();

        assertThat(Programs.run(FILES, "promtool", "check", "rules", "alerts.yaml"))
                .contains("SUCCESS");
        assertThat(Programs.run(FILES, "promtool", "test", "rules", "alerts.test.yaml"))
                .contains("SUCCESS");
    }

    @Test
    void areReadByAConfigurationThatHolds() throws IOException, InterruptedException {
        needPromtool();

        assertThat(Programs.run(FILES, "promtool", "check", "config", "--syntax-only", "prometheus.yml"))
                .contains("SUCCESS");
    }

    @Test
    void sayWhatToDo() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(Files.readString(FILES.resolve("alerts.yaml")));

        assertThat(rules.get("groups").stream().flatMap(group -> group.get("rules").stream()))
                .hasSizeGreaterThan(20)
                .allSatisfy(rule -> {
                    assertThat(rule.get("annotations"))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("summary", "action");
                    assertThat(rule.get("labels"))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .hasEntrySatisfying(
                                    "severity", severity -> assertThat(severity).isIn("critical", "warning"));
                });
    }

    private static void needPromtool() {
        assumeTrue(Programs.has("promtool"), "promtool is not installed (Debian package prometheus)");
    }
}
