package dev.orchard.metadata;

import dev.orchard.infrastructure.postgres.LoginRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The metadata service over a real PostgreSQL. The storage service is a stand-in that holds every blob that an artifact
 * has, and Connect is not there, unless a test says where they are.
 */
public final class MetadataStage implements AutoCloseable {
    private static final String TOKEN = "a-token-that-only-these-tests-know-" + UUID.randomUUID();
    private static final String NOWHERE = "http://127.0.0.1:1";
    private static final Path TOKEN_FILE = tokenFile();

    private final String database;
    private final StorageStandIn storage = new StorageStandIn(0);
    private final ConfigurableApplicationContext service;

    /** Another process of the service; {@code settings} take the place of what is set otherwise. */
    public MetadataStage(String database, String... settings) {
        this.database = database;
        storage.holds(this::sizeOf);
        storage.answer(request -> 500); // deletes nothing, so that what is queued stays there to be seen
        this.service = SpringApplication.run(MetadataApplication.class, arguments(database, storage.url(), settings));
    }

    /** One for all tests that can share it; it ends with the JVM. */
    public static MetadataStage shared() {
        return Shared.STAGE;
    }

    /**
     * One over a database of its own, for tests that would take what other tests left. The server has one replication
     * slot of that name, so the shared one comes first.
     */
    public static MetadataStage alone(String... settings) {
        shared();
        String database = "alone_" + UUID.randomUUID().toString().replace('-', '_');
        superuser("orchard")
                .sql("CREATE DATABASE " + database + " OWNER orchard_owner")
                .update();
        return new MetadataStage(database, settings);
    }

    public MetadataClient client() {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return new MetadataClient(URI.create("http://127.0.0.1:" + port), TOKEN);
    }

    public <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    /** The service's database, as somebody with psql. */
    public JdbcClient database() {
        return superuser(database);
    }

    public StorageStandIn storage() {
        return storage;
    }

    @Override
    public void close() {
        service.close();
        storage.close();
    }

    private @Nullable Long sizeOf(String storageKey) {
        return database()
                .sql("SELECT size FROM orchard.artifacts WHERE storage_key = ?")
                .param(storageKey)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Connections of somebody with psql. */
    public DataSource superuserSource() {
        return superuserSource(database);
    }

    /** A database of the shared server, as somebody with psql. */
    public static JdbcClient superuser(String database) {
        return JdbcClient.create(superuserSource(database));
    }

    private static DataSource superuserSource(String database) {
        var server = TestDatabase.server();
        return new DriverManagerDataSource(
                server.jdbcUrl(database), LoginRole.SUPERUSER.roleName(), server.password(LoginRole.SUPERUSER));
    }

    private static String[] arguments(String database, URI storage, String... settings) {
        var server = TestDatabase.server();
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--orchard.service.token-file=" + TOKEN_FILE,
                "--spring.datasource.url=" + server.jdbcUrl(database),
                "--spring.datasource.username=" + LoginRole.APP.roleName(),
                "--spring.datasource.password=" + server.password(LoginRole.APP),
                "--spring.flyway.user=" + LoginRole.MIGRATOR.roleName(),
                "--spring.flyway.password=" + server.password(LoginRole.MIGRATOR),
                "--orchard.metadata.storage-url=" + storage,
                "--orchard.capture.connect-url=" + NOWHERE,
                "--orchard.capture.database-host=127.0.0.1",
                "--orchard.capture.database-port=" + server.port(),
                "--orchard.capture.database-password=" + server.password(LoginRole.CAPTURE)));
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(known -> known.startsWith(name));
            arguments.add(setting);
        }
        return arguments.toArray(String[]::new);
    }

    private static Path tokenFile() {
        try {
            Path file = Files.createTempFile("orchard-metadata-test", ".token");
            file.toFile().deleteOnExit();
            return Files.writeString(file, TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        private static final MetadataStage STAGE = new MetadataStage("orchard");
    }
}
