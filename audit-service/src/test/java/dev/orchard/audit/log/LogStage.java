package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditApplication;
import dev.orchard.audit.AuditClient;
import dev.orchard.audit.AuditStage;
import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.RunningPart;
import dev.orchard.parts.PostgresServer;
import dev.orchard.transparency.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL, a real storage service, and audit services over them as a test starts them. There is no Kafka:
 * the test writes the ledger's rows. Nothing is signed but when the test asks for it, unless it sets the interval.
 */
final class LogStage implements AutoCloseable {
    private static final String TOKEN = "a-token-that-only-this-test-knows-" + UUID.randomUUID();
    private static final Passwords PASSWORDS = Passwords.random();

    private final Path folder;
    private final PostgresServer postgres;
    private final RunningPart storage;
    private final FaultyStorage front;

    LogStage() throws IOException {
        folder = Files.createTempDirectory("orchard-log-");
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        postgres = PostgresServer.start(folder.resolve("postgres"), PASSWORDS);
        var part = new StoragePart(folder.resolve("store"), token, Ports.free());
        storage = RunningPart.start(part);
        front = new FaultyStorage(part.url());
    }

    /** Starts a replica of the audit service. */
    ConfigurableApplicationContext start(Map<String, String> settings) {
        var all = new LinkedHashMap<String, String>();
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("orchard.service.token-file", folder.resolve("token").toString());
        all.put("spring.datasource.url", postgres.jdbcUrl("orchard_audit"));
        all.put("spring.datasource.username", LoginRole.AUDIT_APP.roleName());
        all.put("spring.datasource.password", PASSWORDS.of(LoginRole.AUDIT_APP));
        all.put("spring.flyway.user", LoginRole.AUDIT_MIGRATOR.roleName());
        all.put("spring.flyway.password", PASSWORDS.of(LoginRole.AUDIT_MIGRATOR));
        all.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
        all.put("spring.kafka.listener.auto-startup", "false");
        all.put("orchard.audit.log.storage-url", front.url());
        all.put("orchard.audit.log.key-file", keyFile().toString());
        all.put("orchard.audit.log.interval", "1d");
        all.put("orchard.audit.source.url", "jdbc:postgresql://127.0.0.1:1/orchard");
        all.put("orchard.audit.source.username", LoginRole.AUDITOR.roleName());
        all.put("orchard.audit.source.password", "none");
        all.putAll(settings);
        return SpringApplication.run(
                AuditApplication.class,
                all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    ConfigurableApplicationContext start() {
        return start(Map.of());
    }

    AuditClient client(ConfigurableApplicationContext replica) {
        String port = replica.getEnvironment().getRequiredProperty("local.server.port");
        return new AuditClient(URI.create("http://127.0.0.1:" + port), TOKEN);
    }

    /** Appends records to the ledger, each with an event id and bytes of its own. */
    void append(int records) {
        append("dev.orchard.tag.created.v1", records);
    }

    void append(String type, int records) {
        append(type, records, 0);
    }

    /** Records that are longer by so many bytes. */
    void append(String type, int records, int padding) {
        ledger(LoginRole.AUDIT_APP)
                .sql("""
                        INSERT INTO audit.ledger (position, event_id, payload, kafka_partition, kafka_offset, type, time)
                        SELECT head.position + number, id, convert_to('{"id": "' || id || '"}' || repeat(' ', :padding), 'UTF8'), 0,
                               head.position + number, :type, now()
                        FROM (SELECT coalesce(max(position), 0) AS position FROM audit.ledger) AS head,
                             LATERAL (SELECT number, gen_random_uuid() AS id FROM generate_series(1, :records) number)
                        """)
                .param("type", type)
                .param("records", records)
                .param("padding", padding)
                .update();
    }

    /** Signs until nothing is left. */
    static void signAll(SigningService signing) {
        var outcome = sign(signing);
        while (outcome instanceof SigningOutcome.Signed signed && signed.more()) {
            outcome = sign(signing);
        }
        assertThat(outcome).isInstanceOfAny(SigningOutcome.Signed.class, SigningOutcome.Current.class);
    }

    /** Signs once the regular signing at the start of a service is over. */
    static SigningOutcome sign(SigningService signing) {
        return AuditStage.eventually()
                .until(() -> signing.sign(true), outcome -> !(outcome instanceof SigningOutcome.Busy));
    }

    /** Reads the whole log as it lies in the store's folder: it must hold the ledger's records, all and in order. */
    void requireLogOfLedger(ConfigurableApplicationContext service) throws IOException {
        var folder = new LogFolder(log(), service.getBean(SigningKey.class).verifier());
        var entries = folder.entries(folder.checkpoint(folder.checkpoints()));
        var payloads = ledger(LoginRole.AUDIT_APP)
                .sql("SELECT payload FROM audit.ledger ORDER BY position")
                .query(byte[].class)
                .list();
        assertThat(entries.toArray(byte[][]::new)).isDeepEqualTo(payloads.toArray(byte[][]::new));
    }

    UUID eventAt(long position) {
        return ledger(LoginRole.AUDIT_APP)
                .sql("SELECT event_id FROM audit.ledger WHERE position = :position")
                .param("position", position)
                .query(UUID.class)
                .single();
    }

    /** How many records the ledger has. */
    long size() {
        return ledger(LoginRole.AUDIT_APP)
                .sql("SELECT max(position) FROM audit.ledger")
                .query(Long.class)
                .single();
    }

    byte[] payloadAt(long position) {
        return ledger(LoginRole.AUDIT_APP)
                .sql("SELECT payload FROM audit.ledger WHERE position = :position")
                .param("position", position)
                .query(byte[].class)
                .single();
    }

    JdbcClient ledger(LoginRole role) {
        return JdbcClient.create(
                new DriverManagerDataSource(postgres.jdbcUrl("orchard_audit"), role.roleName(), PASSWORDS.of(role)));
    }

    /** Changes what is append-only, as only a superuser can who first takes the guard away. */
    void tamper(String... statements) {
        var superuser = ledger(LoginRole.SUPERUSER);
        for (String table : new String[] {"ledger", "checkpoint"}) {
            superuser
                    .sql("ALTER TABLE audit." + table + " DISABLE TRIGGER append_only")
                    .update();
        }
        for (String statement : statements) {
            superuser.sql(statement).update();
        }
        for (String table : new String[] {"ledger", "checkpoint"}) {
            superuser
                    .sql("ALTER TABLE audit." + table + " ENABLE ALWAYS TRIGGER append_only")
                    .update();
        }
    }

    /** The log as it lies in the store's folder. */
    Path log() {
        return folder.resolve("store/log");
    }

    Path keyFile() {
        return folder.resolve("secrets/log-key");
    }

    FaultyStorage front() {
        return front;
    }

    @Override
    public void close() throws IOException {
        front.close();
        storage.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
