package dev.orchard.parts;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.images.builder.Transferable;

/** A running S3 server (S3Proxy) over a folder. */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "orchard";
    public static final String SECRET_KEY = "orchard-secret";

    private static final int PORT = 8080;
    private static final Map<String, String> SETTINGS = Map.of(
            "s3proxy.authorization", "aws-v2-or-v4",
            "s3proxy.identity", ACCESS_KEY,
            "s3proxy.credential", SECRET_KEY,
            "s3proxy.ignore-unknown-headers", "true",
            "jclouds.provider", "filesystem-nio2");

    private final Server server;

    private S3Server(Server server) {
        this.server = server;
    }

    /** A new one, in the folder if it is embedded; returns when it answers. */
    public static S3Server start(Path folder) throws IOException {
        return new S3Server(
                switch (Provider.chosen()) {
                    case EMBEDDED -> new EmbeddedServer(new S3Part(folder, data(folder), Ports.free(), SETTINGS));
                    case CONTAINERS -> container(data(folder));
                });
    }

    /** Where its buckets are folders: a test can do to them what a bad disk does. */
    public static Path data(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    /** As the user of the test, who wants to delete what it writes. */
    private static Server container(Path data) throws IOException {
        var server = new ContainerServer(Image.S3, PORT);
        String user = Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid");
        server.container().withCreateContainerCmdModifier(command -> {
            command.withUser(user).withEntrypoint("/bin/sh", "/orchard/start");
            Objects.requireNonNull(command.getHostConfig()).withBinds(new Bind(data.toString(), new Volume("/data")));
        });
        server.container()
                .withCopyFileToContainer(server.file("s3/start"), "/orchard/start")
                .withCopyToContainer(Transferable.of(ACCESS_KEY), "/run/secrets/s3-access-key")
                .withCopyToContainer(Transferable.of(SECRET_KEY), "/run/secrets/s3-secret-key")
                .withEnv("S3_BUCKET", "made-at-the-start");
        return server.startListening();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
