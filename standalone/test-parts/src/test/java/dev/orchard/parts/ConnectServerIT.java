package dev.orchard.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectServerIT {
    private static final TopicPartition LEDGER = new TopicPartition("ledger", 0);

    @TempDir
    Path folder;

    @Test
    void carriesEachRowOfAnOutboxOnceAlsoAcrossAKill() throws Exception {
        try (var postgres = PostgresServer.start(folder.resolve("postgres"), Passwords.random());
                var kafka = KafkaServer.start(folder.resolve("kafka"))) {
            makeOutbox(postgres);
            try (var connect = ConnectServer.start(folder.resolve("connect"), kafka)) {
                register(connect, postgres);
                insert(postgres, "first");
                assertThat(receive(kafka, 1)).containsExactly("{\"event\": \"first\"}");
                connect.kill();
                insert(postgres, "second");
                connect.restart();
                assertThat(receive(kafka, 2)).containsExactly("{\"event\": \"first\"}", "{\"event\": \"second\"}");
            }
        }
    }

    private static void makeOutbox(PostgresServer postgres) throws Exception {
        run(postgres, LoginRole.MIGRATOR, """
                SET ROLE orchard_owner;
                CREATE TABLE outbox (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    aggregatetype text NOT NULL, aggregateid text NOT NULL, payload text NOT NULL);
                GRANT SELECT ON outbox TO orchard_capture;
                GRANT INSERT ON outbox TO orchard_app;
                CREATE PUBLICATION outbox FOR TABLE outbox WITH (publish = 'insert')""");
        run(postgres, LoginRole.CAPTURE, "SELECT pg_create_logical_replication_slot('outbox', 'pgoutput')");
    }

    private static void insert(PostgresServer postgres, String event) throws Exception {
        run(postgres, LoginRole.APP, """
                INSERT INTO outbox (aggregatetype, aggregateid, payload)
                VALUES ('ledger', 'one', '{"event": "%s"}')""".formatted(event));
    }

    private static void run(PostgresServer postgres, LoginRole role, String sql) throws Exception {
        try (var connection = postgres.connect("orchard", role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void register(ConnectServer connect, PostgresServer postgres) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(connect.url().resolve("/connectors"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(connector(postgres)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String connector(PostgresServer postgres) {
        return """
                {"name": "outbox", "config": {
                "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
                "exactly.once.support": "required", "transaction.boundary": "poll",
                "database.hostname": "%s", "database.port": "%d", "database.dbname": "orchard",
                "database.user": "orchard_capture", "database.password": "%s",
                "plugin.name": "pgoutput", "slot.name": "outbox",
                "publication.name": "outbox", "publication.autocreate.mode": "disabled",
                "snapshot.mode": "no_data", "table.include.list": "public.outbox", "topic.prefix": "outbox",
                "tombstones.on.delete": "false", "poll.interval.ms": "10", "extended.headers.enabled": "false",
                "producer.override.linger.ms": "0",
                "transforms": "route", "transforms.route.type": "io.debezium.transforms.outbox.EventRouter",
                "transforms.route.table.field.event.key": "aggregateid",
                "transforms.route.route.topic.replacement": "${routedByValue}"
                }}""".formatted(postgres.peerHost(), postgres.peerPort(), postgres.password(LoginRole.CAPTURE));
    }

    /** Reads the topic from its start until it has so many records, and then whatever comes right after them. */
    private static List<String> receive(KafkaServer kafka, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(Set.of(LEDGER));
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(message -> values.add(message.value()));
            }
            consumer.poll(Duration.ofSeconds(1)).forEach(message -> values.add(message.value()));
        }
        return values;
    }
}
