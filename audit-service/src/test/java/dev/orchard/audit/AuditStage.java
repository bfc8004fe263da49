package dev.orchard.audit;

import dev.orchard.infrastructure.kafka.KafkaServer;
import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.infrastructure.postgres.PostgresServer;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** The audit service over a real PostgreSQL and a real Kafka, with an {@code event_log} that nobody fills. */
public final class AuditStage implements AutoCloseable {
    private static final String TOKEN = "a-token-that-only-this-test-knows-" + UUID.randomUUID();
    private static final Passwords PASSWORDS = Passwords.random();

    private final Path folder;
    private final int postgresPort = Ports.free();
    private final KafkaServer kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private PostgresServer postgres;
    private ConfigurableApplicationContext service;

    public AuditStage() throws IOException {
        folder = Files.createTempDirectory("orchard-audit-");
        Files.writeString(folder.resolve("token"), TOKEN);
        postgres = PostgresServer.start(folder.resolve("postgres"), postgresPort, PASSWORDS);
        kafka = KafkaServer.start(folder.resolve("kafka"), Ports.free());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        makeEventLog();
        service = startService(Map.of());
    }

    /** One for all tests that can share a ledger; it ends with the JVM. */
    public static AuditStage shared() {
        return Shared.STAGE;
    }

    /** Waits for what must become true within a bound. */
    public static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    /** Another replica of the service, with settings of its own. */
    public ConfigurableApplicationContext startService(Map<String, String> settings) {
        var all = new LinkedHashMap<String, String>();
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("orchard.service.token-file", folder.resolve("token").toString());
        all.put("spring.datasource.url", postgres.jdbcUrl("orchard_audit"));
        all.put("spring.datasource.username", LoginRole.AUDIT_APP.roleName());
        all.put("spring.datasource.password", PASSWORDS.of(LoginRole.AUDIT_APP));
        all.put("spring.flyway.user", LoginRole.AUDIT_MIGRATOR.roleName());
        all.put("spring.flyway.password", PASSWORDS.of(LoginRole.AUDIT_MIGRATOR));
        all.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        all.put("orchard.audit.source.url", postgres.jdbcUrl("orchard"));
        all.put("orchard.audit.source.username", LoginRole.AUDITOR.roleName());
        all.put("orchard.audit.source.password", PASSWORDS.of(LoginRole.AUDITOR));
        all.putAll(settings);
        return SpringApplication.run(
                AuditApplication.class,
                all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    public ConfigurableApplicationContext service() {
        return service;
    }

    public AuditClient client() {
        return AuditClient.of(service, TOKEN);
    }

    public AuditClient client(ConfigurableApplicationContext replica) {
        return AuditClient.of(replica, TOKEN);
    }

    /** Puts a record on the topic, as Debezium would: the id is in a header. */
    public void send(@Nullable UUID id, byte @Nullable [] value) {
        var kafkaRecord = new ProducerRecord<byte[], byte[]>("orchard.ledger.v1", value);
        if (id != null) {
            kafkaRecord.headers().add("id", id.toString().getBytes(StandardCharsets.UTF_8));
        }
        producer.send(kafkaRecord);
    }

    public void send(AuditEvent event) {
        send(event.id(), event.bytes());
    }

    /** The ledger's database, as one of its roles. */
    public JdbcClient ledger(LoginRole role) {
        return database("orchard_audit", role);
    }

    public JdbcClient ledger() {
        return ledger(LoginRole.AUDIT_APP);
    }

    /** Logs an event as the metadata service's triggers would. */
    public void log(AuditEvent event) {
        database("orchard", LoginRole.SUPERUSER)
                .sql("""
                        INSERT INTO orchard.event_log (event_id, recorded_at, type, subject, payload, txid)
                        VALUES (:id, (:payload::json ->> 'time')::timestamptz, 'x', 'x', :payload,
                                pg_current_xact_id())
                        """)
                .param("id", event.id())
                .param("payload", event.text())
                .update();
    }

    public void killDatabase() {
        postgres.kill();
        postgres.close();
    }

    public void startDatabase() throws IOException {
        postgres = PostgresServer.start(folder.resolve("postgres"), postgresPort, PASSWORDS);
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ZERO);
        service.close();
        kafka.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    private void makeEventLog() {
        var owner = database("orchard", LoginRole.SUPERUSER);
        owner.sql("CREATE SCHEMA orchard AUTHORIZATION orchard_owner").update();
        owner.sql("""
                CREATE TABLE orchard.event_log (event_id uuid, recorded_at timestamptz, type text, subject text,
                                                payload text, txid xid8)
                """).update();
        owner.sql("GRANT USAGE ON SCHEMA orchard TO orchard_auditor").update();
        owner.sql("GRANT SELECT ON orchard.event_log TO orchard_auditor").update();
    }

    private JdbcClient database(String name, LoginRole role) {
        return JdbcClient.create(
                new DriverManagerDataSource(postgres.jdbcUrl(name), role.roleName(), PASSWORDS.of(role)));
    }

    private static final class Shared {
        private static final AuditStage STAGE = start();

        private static AuditStage start() {
            try {
                var stage = new AuditStage();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        stage.close();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
                return stage;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
