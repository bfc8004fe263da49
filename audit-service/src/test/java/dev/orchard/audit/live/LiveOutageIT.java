package dev.orchard.audit.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditStage;
import dev.orchard.infrastructure.postgres.LoginRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** On a stage of its own, because it takes the ledger away, and parts of it. */
@Timeout(120)
class LiveOutageIT {
    private static AuditStage stage;

    @BeforeAll
    static void start() throws IOException {
        stage = new AuditStage();
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void outlivesARestartOfTheDatabase() throws IOException {
        stage.fill(1, "before");
        try (var live = LiveReader.now(stage.client(), "")) {
            long start = live.read().id();
            stage.killDatabase();
            stage.startDatabase();
            stage.fill(1, "after");
            var event = live.readUntil(LiveReader.Frame::isEvent);
            assertThat(event.id()).isEqualTo(start + 1);
            assertThat(event.data()).contains("after");
        }
    }

    @Test
    void endsWhereTheLedgerEndsBeforeItHadEnded() {
        stage.fill(10, "x");
        long end = stage.end();
        try (var live = LiveReader.after(stage.client(), end - 1, "")) {
            live.readEvents(1);
            restore(end - 5);
            live.readUntil(frame -> frame == null);
        }
        var again = stage.client().exchange("/api/v1/events", "Last-Event-ID", Long.toString(end));
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("\"ledger_end\":" + (end - 5));
    }

    @Test
    void cutsOffAReaderThatTakesNothingInAndServesTheOthers() throws IOException {
        stage.fill(600, "x".repeat(60_000));
        long end = stage.end();
        try (var replica = replica();
                var stuck = new Socket()) {
            stuck.setReceiveBufferSize(4096);
            ask(stuck, replica, end - 600);
            AuditStage.eventually().until(() -> streams(replica) == 1);
            try (var other = LiveReader.after(stage.client(replica), end - 600, "")) {
                assertThat(other.readEvents(600).getLast().id()).isEqualTo(end);
            }
            AuditStage.eventually().until(() -> streams(replica) == 0);
            long last = lastWholeId(new String(stuck.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(last).isBetween(end - 600, end - 1);
            try (var resumed = LiveReader.after(stage.client(replica), last, "")) {
                assertThat(resumed.readEvents(1).getFirst().id()).isEqualTo(last + 1);
            }
        }
    }

    private static ConfigurableApplicationContext replica() {
        return stage.startService(Map.of(
                "spring.kafka.listener.auto-startup", "false",
                "orchard.audit.live.heartbeat", "100ms",
                "server.tomcat.connection-timeout", "2s"));
    }

    private static void ask(Socket socket, ConfigurableApplicationContext replica, long after) throws IOException {
        var client = stage.client(replica);
        socket.connect(new InetSocketAddress("127.0.0.1", client.base().getPort()));
        String request = "GET /api/v1/events?last_event_id=" + after + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + client.token() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private static double streams(ConfigurableApplicationContext replica) {
        return replica.getBean(MeterRegistry.class)
                .get("orchard.live.streams")
                .gauge()
                .value();
    }

    /** The id of the last event that came to its empty line. */
    private static long lastWholeId(String stream) {
        String whole = stream.substring(0, stream.lastIndexOf("\n\n"));
        int id = whole.lastIndexOf("\nid: ") + 5;
        return Long.parseLong(whole.substring(id, whole.indexOf('\n', id)));
    }

    private static void restore(long end) {
        var owner = stage.ledger(LoginRole.SUPERUSER);
        owner.sql("ALTER TABLE audit.ledger DISABLE TRIGGER append_only").update();
        owner.sql("DELETE FROM audit.ledger WHERE position > :end")
                .param("end", end)
                .update();
        owner.sql("ALTER TABLE audit.ledger ENABLE ALWAYS TRIGGER append_only").update();
    }
}
