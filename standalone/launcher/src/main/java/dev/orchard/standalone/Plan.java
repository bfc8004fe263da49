package dev.orchard.standalone;

import dev.orchard.infrastructure.connect.ConnectPart;
import dev.orchard.infrastructure.kafka.KafkaPart;
import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.PostgresPart;
import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The processes of one Orchard: which there are, how each is set, and which needs which. */
final class Plan {
    private final DataDirectory data;
    private final Secrets secrets;
    private final JavaProgram services;
    private final PostgresPart postgres;
    private final KafkaPart kafka;
    private final ConnectPart connect;
    private final ServicePart storage;
    private final ServicePart metadata;
    private final ServicePart audit;
    private final ServicePart gateway;

    private Plan(
            DataDirectory data,
            Secrets secrets,
            JavaProgram java,
            JavaProgram services,
            int port,
            Iterator<Integer> ports) {
        this.data = data;
        this.secrets = secrets;
        this.services = services;
        postgres = new PostgresPart(
                data.cache(java.home(), "postgresql"),
                data.path("postgresql"),
                data.log("postgresql"),
                ports.next(),
                secrets.passwords());
        kafka = new KafkaPart(java, data.path("kafka"), data.log("kafka"), ports.next(), ports.next());
        connect = new ConnectPart(
                java, data.path("connect"), data.log("connect"), ports.next(), kafka.bootstrapServers());
        storage = service("storage", "dev.orchard.storage.StorageApplication", ports.next(), storageSettings());
        metadata = service("metadata", "dev.orchard.metadata.MetadataApplication", ports.next(), metadataSettings());
        audit = service("audit", "dev.orchard.audit.AuditApplication", ports.next(), auditSettings());
        gateway = service("gateway", "dev.orchard.gateway.GatewayApplication", port, gatewaySettings());
    }

    /**
     * @param java runs Kafka and Connect
     * @param services runs the four services
     */
    static Plan of(DataDirectory data, Secrets secrets, JavaProgram java, JavaProgram services, int port)
            throws IOException {
        Iterator<Integer> ports =
                Ports.free(9).stream().filter(free -> free != port).iterator();
        return new Plan(data, secrets, java, services, port, ports);
    }

    /** Connect waits for Kafka by itself, so both can get up at the same time. */
    List<Member> members() {
        return List.of(
                new Member(postgres, 0),
                new Member(kafka, 1),
                new Member(connect, 2),
                new Member(storage, 3),
                new Member(metadata, 3, postgres),
                new Member(audit, 3, postgres, kafka),
                new Member(gateway, 4));
    }

    /** The metadata service registers the connector; from then on the audit trail follows at once. */
    Capture capture() {
        return new Capture(connect);
    }

    private ServicePart service(String name, String mainClass, int port, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(own);
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", port);
        settings.put("orchard.service.token-file", secrets.serviceTokenFile());
        return new ServicePart(services, name, mainClass, port, settings, data.log(name));
    }

    private Map<String, Object> storageSettings() {
        return Map.of("orchard.storage.kind", "file-system", "orchard.storage.file-system.root", data.path("blobs"));
    }

    private Map<String, Object> metadataSettings() {
        Map<String, Object> settings = database("orchard", LoginRole.APP, LoginRole.MIGRATOR);
        settings.put("orchard.metadata.storage-url", storage.url());
        settings.put("orchard.capture.connect-url", connect.url());
        settings.put("orchard.capture.database-host", "127.0.0.1");
        settings.put("orchard.capture.database-port", postgres.port());
        settings.put("orchard.capture.database-name", "orchard");
        settings.put("orchard.capture.database-user", LoginRole.CAPTURE.roleName());
        settings.put("orchard.capture.database-password", password(LoginRole.CAPTURE));
        return settings;
    }

    private Map<String, Object> auditSettings() {
        Map<String, Object> settings = database("orchard_audit", LoginRole.AUDIT_APP, LoginRole.AUDIT_MIGRATOR);
        settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("orchard.audit.source.url", postgres.jdbcUrl("orchard"));
        settings.put("orchard.audit.source.username", LoginRole.AUDITOR.roleName());
        settings.put("orchard.audit.source.password", password(LoginRole.AUDITOR));
        settings.put("orchard.audit.log.storage-url", storage.url());
        settings.put("orchard.audit.log.key-file", data.path("secrets/log-key"));
        return settings;
    }

    private Map<String, Object> gatewaySettings() {
        return Map.of(
                "orchard.gateway.metadata-url", metadata.url(),
                "orchard.gateway.storage-url", storage.url(),
                "orchard.gateway.audit-url", audit.url(),
                "orchard.gateway.admin-token-file", secrets.adminTokenFile());
    }

    private Map<String, Object> database(String name, LoginRole app, LoginRole migrator) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", postgres.jdbcUrl(name));
        settings.put("spring.datasource.username", app.roleName());
        settings.put("spring.datasource.password", password(app));
        settings.put("spring.flyway.user", migrator.roleName());
        settings.put("spring.flyway.password", password(migrator));
        return settings;
    }

    private String password(LoginRole role) {
        return secrets.passwords().of(role);
    }
}
