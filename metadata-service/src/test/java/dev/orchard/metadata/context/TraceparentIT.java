package dev.orchard.metadata.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The place in a trace: in an event if it is one, and recorded; a setting can hold anything. */
class TraceparentIT {
    private static final String PLACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MetadataStage stage = MetadataStage.shared();

    @Test
    void goesIntoTheEventsOfItsTransaction() throws SQLException {
        assertThat(event(PLACE).path("traceparent").asString()).isEqualTo(PLACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\",\"actor\":\"root",
                "x\n00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void staysOutIfItIsNone(String setting) throws SQLException {
        assertThat(event(setting).has("traceparent")).isFalse();
    }

    @Test
    void isInNoEventOfARequestThatNobodyTraces() {
        var here = TestPackage.create();
        here.uploadNew();

        assertThat(stage.database()
                        .sql("SELECT count(*) FROM orchard.event_log WHERE subject LIKE 'project/' || ? || '%'"
                                + " AND payload::json->>'traceparent' IS NOT NULL")
                        .param(here.project())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** The event of a project that is created under this setting. */
    private JsonNode event(String setting) throws SQLException {
        String project = TestPackage.unique("traced");
        try (var connection = stage.superuserSource().getConnection()) {
            connection.setAutoCommit(false);
            try (var traced = connection.prepareStatement("SELECT set_config('orchard.traceparent', ?, true)")) {
                traced.setString(1, setting);
                traced.execute();
            }
            try (var insert = connection.prepareStatement(
                    "INSERT INTO orchard.projects (name, created_by) VALUES (?, 'somebody')")) {
                insert.setString(1, project);
                insert.execute();
            }
            connection.commit();
        }
        return new JsonMapper()
                .readTree(stage.database()
                        .sql("SELECT payload FROM orchard.event_log WHERE subject = 'project/' || ?")
                        .param(project)
                        .query(String.class)
                        .single());
    }
}
