package dev.orchard.system;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import dev.orchard.infrastructure.process.Child;
import dev.orchard.infrastructure.process.Folders;
import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.parts.ConnectServer;
import dev.orchard.parts.KafkaServer;
import dev.orchard.parts.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Two replicas of each service, a balancer before each pair, over one PostgreSQL, Kafka, Connect and blob folder. */
final class ReplicatedOrchard implements Orchard, AutoCloseable {
    static final List<String> SERVICES = List.of("storage", "metadata", "audit", "gateway");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int HEAP_MEGABYTES = 160;

    private final Path folder = Files.createTempDirectory("orchard-replicas-test");
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final ConnectServer connect;
    private final Map<String, List<Integer>> ports = new HashMap<>();
    private final Map<String, Balancer> balancers = new HashMap<>();
    private final Map<String, List<Child>> replicas = new LinkedHashMap<>();
    private final String token = UUID.randomUUID().toString();

    private ReplicatedOrchard() throws IOException {
        postgres = PostgresServer.start(folder.resolve("postgresql"), Passwords.random());
        kafka = KafkaServer.start(folder.resolve("kafka"));
        connect = ConnectServer.start(folder.resolve("connect"), kafka);
        Files.writeString(folder.resolve("admin-token"), token);
        Files.writeString(folder.resolve("service-token"), UUID.randomUUID().toString());
        for (String service : SERVICES) {
            ports.put(service, Ports.free(2));
            balancers.put(service, Balancer.over(ports.get(service)));
        }
    }

    /** One that is ready. */
    static ReplicatedOrchard start() throws IOException {
        var orchard = new ReplicatedOrchard();
        for (String service : SERVICES) {
            var children = new ArrayList<Child>();
            orchard.replicas.put(service, children);
            for (int port : orchard.ports.get(service)) {
                children.add(orchard.spawn(service, port));
            }
        }
        for (String service : SERVICES) {
            orchard.ports.get(service).forEach(orchard::awaitReady);
        }
        return orchard;
    }

    @Override
    public OrchardClient client() {
        return new OrchardClient(url("gateway"), token);
    }

    URI url(String service) {
        return balancers.get(service).url();
    }

    Path logFolder() {
        return folder.resolve("blobs/log");
    }

    /** Where the storage service keeps what is still being written. */
    Path unfinishedFolder() {
        return folder.resolve("blobs/tmp");
    }

    @Override
    public Connection database(String name) throws SQLException {
        return postgres.connect(name, LoginRole.SUPERUSER);
    }

    /** SIGTERM, and how long it took until it was gone. */
    Duration stop(String service, int replica) {
        long begun = System.nanoTime();
        int exit = replicas.get(service).get(replica).stop(STOP);
        if (exit != 128 + 15) {
            throw new AssertionError(service + " did not stop in order: " + exit);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Returns when it is ready. */
    void startAgain(String service, int replica) throws IOException {
        int port = ports.get(service).get(replica);
        replicas.get(service).set(replica, spawn(service, port));
        awaitReady(port);
    }

    @Override
    public void close() throws IOException {
        for (String service : SERVICES.reversed()) {
            replicas.get(service).parallelStream().forEach(child -> child.stop(STOP));
            balancers.get(service).close();
        }
        connect.close();
        kafka.close();
        postgres.close();
        Folders.delete(folder);
    }

    private void awaitReady(int port) {
        var ready = Probe.http(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
        if (!ready.await(START, () -> true)) {
            throw new AssertionError("the replica at " + port + " is not ready, see " + folder);
        }
    }

    private Child spawn(String service, int port) throws IOException {
        Map<String, Object> settings = new HashMap<>(settings(service));
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", port);
        settings.put("orchard.service.token-file", folder.resolve("service-token"));
        settings.put("orchard.service.leave-time", "2s");
        Map<String, String> environment = new HashMap<>();
        settings.forEach((name, value) ->
                environment.put(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT), value.toString()));
        String mainClass = "dev.orchard." + service + "."
                + service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1) + "Application";
        var module = new JavaProgram.Module(service, service + "-service", mainClass, HEAP_MEGABYTES, List.of());
        return Child.spawn(JavaProgram.plain().of(module, environment, folder.resolve(service + "-" + port + ".log")));
    }

    private Map<String, Object> settings(String service) {
        return switch (service) {
            case "storage" -> Map.of("orchard.storage.file-system.root", folder.resolve("blobs"));
            case "metadata" -> metadata();
            case "audit" -> audit();
            default ->
                Map.of(
                        "orchard.gateway.metadata-url", url("metadata"),
                        "orchard.gateway.storage-url", url("storage"),
                        "orchard.gateway.audit-url", url("audit"),
                        "orchard.gateway.admin-token-file", folder.resolve("admin-token"));
        };
    }

    private Map<String, Object> metadata() {
        Map<String, Object> settings = database("orchard", LoginRole.APP, LoginRole.MIGRATOR);
        settings.put("orchard.metadata.storage-url", url("storage"));
        settings.put("orchard.metadata.collection.interval", "50ms");
        settings.put("orchard.metadata.collection.grace", "0s");
        settings.put("orchard.capture.connect-url", connect.url());
        settings.put("orchard.capture.database-host", postgres.peerHost());
        settings.put("orchard.capture.database-port", postgres.peerPort());
        settings.put("orchard.capture.database-password", postgres.password(LoginRole.CAPTURE));
        return settings;
    }

    private Map<String, Object> audit() {
        Map<String, Object> settings = database("orchard_audit", LoginRole.AUDIT_APP, LoginRole.AUDIT_MIGRATOR);
        settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("orchard.audit.source.url", postgres.jdbcUrl("orchard"));
        settings.put("orchard.audit.source.username", LoginRole.AUDITOR.roleName());
        settings.put("orchard.audit.source.password", postgres.password(LoginRole.AUDITOR));
        settings.put("orchard.audit.log.storage-url", url("storage"));
        settings.put("orchard.audit.log.key-file", folder.resolve("log-key"));
        return settings;
    }

    private Map<String, Object> database(String name, LoginRole app, LoginRole migrator) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", postgres.jdbcUrl(name));
        settings.put("spring.datasource.username", app.roleName());
        settings.put("spring.datasource.password", postgres.password(app));
        settings.put("spring.flyway.user", migrator.roleName());
        settings.put("spring.flyway.password", postgres.password(migrator));
        return settings;
    }
}
