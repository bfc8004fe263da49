package dev.orchard.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.support.naming.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void keepsSpreadsheetsFromRunningACell(String actor) throws IOException {
        assertThat(written(actor).get("actor")).isEqualTo("'" + actor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a=b", "x, \"y\"\r\nz", "é=", "'"})
    void leavesOtherTextAsItIs(String actor) throws IOException {
        assertThat(written(actor).get("actor")).isEqualTo(actor);
    }

    @Test
    void endsItsRowsAsTheStandardSays() throws IOException {
        assertThat(text("alice").lines()).hasSize(2);
        assertThat(text("alice")).endsWith("\r\n").startsWith("position,recorded_at,event_id,time,type,subject,actor,");
    }

    private static CSVRecord written(String actor) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .get()
                .parse(new StringReader(text(actor)))
                .getRecords()
                .getFirst();
    }

    private static String text(String actor) throws IOException {
        var out = new ByteArrayOutputStream();
        var table = EventTable.begin(out);
        table.write(List.of(new LedgerRecord(
                1,
                Instant.EPOCH,
                new UUID(0, 1),
                new byte[] {'{', '}'},
                Sha256.of(new byte[32]),
                Instant.EPOCH,
                "t",
                null,
                actor,
                null,
                null,
                null,
                null,
                null,
                null)));
        table.end();
        return out.toString(StandardCharsets.UTF_8);
    }
}
