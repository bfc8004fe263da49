package dev.orchard.metadata.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations only add, so that replicas of the version before go on while the new ones come up. */
class MigrationsTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** What an older statement could name. Constraints and indexes are nobody's to name. */
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "(?i)\\bDROP\\s+(TABLE|COLUMN|FUNCTION|VIEW|SCHEMA|DOMAIN|TYPE)\\b|\\bRENAME\\b|\\bALTER\\s+COLUMN\\s+\\w+\\s+"
                    + "(SET\\s+DATA\\s+)?TYPE\\b|\\bALTER\\s+COLUMN\\s+\\w+\\s+SET\\s+NOT\\s+NULL\\b");

    static Stream<Path> migrations() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void takeNothingAwayThatAnOlderReplicaUses(Path migration) throws IOException {
        assertThat(TAKES_AWAY.matcher(Files.readString(migration)).results().map(found -> found.group()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orchard.tags DROP COLUMN filename",
                "drop table orchard.uploads",
                "DROP FUNCTION orchard.hex(bytea)",
                "ALTER TABLE orchard.tags RENAME COLUMN name TO tag",
                "ALTER TABLE orchard.tags ALTER COLUMN name TYPE varchar",
                "ALTER TABLE orchard.tags ALTER COLUMN filename SET NOT NULL"
            })
    void areSeenToTakeSomethingAway(String migration) {
        assertThat(migration).containsPattern(TAKES_AWAY);
    }

    @Test
    void areTheOnesThatTheVersionBeforeApplied() throws IOException {
        for (String name : List.of(
                "V1__projects_packages_artifacts_tags.sql", "V2__uploads.sql", "V3__event_log.sql", "V4__epochs.sql")) {
            assertThat(MIGRATIONS.resolve(name))
                    .hasSameTextualContentAs(
                            Path.of("src/test/resources/db/version-4").resolve(name));
        }
    }
}
