package dev.orchard.audit;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.parts.KafkaServer;
import dev.orchard.parts.PostgresServer;
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
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** The audit service over a real PostgreSQL and a real Kafka; what the database logs a test puts on the topic itself. */
public final class AuditStage implements AutoCloseable {
    private static final String TOKEN = "a-token-that-only-this-test-knows-" + UUID.randomUUID();
    private static final Passwords PASSWORDS = Passwords.random();

    private final Path folder;
    private final KafkaServer kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PostgresServer postgres;
    private ConfigurableApplicationContext service;

    public AuditStage() throws IOException {
        this(Map.of());
    }

    public AuditStage(Map<String, String> settings) throws IOException {
        folder = Files.createTempDirectory("orchard-audit-");
        Files.writeString(folder.resolve("token"), TOKEN);
        postgres = PostgresServer.start(folder.resolve("postgres"), PASSWORDS);
        kafka = KafkaServer.start(folder.resolve("kafka"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        makeEventLog();
        service = startService(settings);
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
        all.put("orchard.audit.log.storage-url", "http://127.0.0.1:1"); // away: the ledger does not need it
        all.put("orchard.audit.log.key-file", folder.resolve("log-key").toString());
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

    /** The database that logs the events, as somebody with psql. */
    public EventLog eventLog() {
        return new EventLog(database("orchard", LoginRole.SUPERUSER));
    }

    /** Ends the service and starts it again with other settings. */
    public void restartService(Map<String, String> settings) {
        service.close();
        service = startService(settings);
    }

    /** Fills the ledger by hand, past Kafka; for a stage that nothing is sent to meanwhile. */
    public void fill(int events, String payload) {
        ledger().sql("""
                        INSERT INTO audit.ledger (position, event_id, payload, kafka_partition, kafka_offset, type, time,
                                                  project)
                        SELECT head.position + number, gen_random_uuid(),
                               convert_to(format('{"number": %s, "x": "%s"}', number, :payload), 'UTF8'), 0, -number,
                               'dev.orchard.filled.v1', now(), 'filled'
                        FROM (SELECT coalesce(max(position), 0) AS position FROM audit.ledger) AS head,
                             generate_series(1, :events) AS number
                        """).param("events", events).param("payload", payload).update();
    }

    public long end() {
        return ledger().sql("SELECT coalesce(max(position), 0) FROM audit.ledger")
                .query(Long.class)
                .single();
    }

    public void killDatabase() {
        postgres.kill();
    }

    public void startDatabase() throws IOException {
        postgres.restart();
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ZERO);
        service.close();
        kafka.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** By the metadata service's own migrations. */
    private void makeEventLog() {
        Flyway.configure()
                .dataSource(
                        postgres.jdbcUrl("orchard"), LoginRole.MIGRATOR.roleName(), PASSWORDS.of(LoginRole.MIGRATOR))
                .locations("filesystem:../metadata-service/src/main/resources/db/migration")
                .defaultSchema("orchard")
                .initSql("SET ROLE orchard_owner")
                .load()
                .migrate();
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
