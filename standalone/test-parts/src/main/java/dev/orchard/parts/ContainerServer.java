package dev.orchard.parts;

import com.github.dockerjava.api.exception.DockerException;
import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A container. Its port of 127.0.0.1 is chosen beforehand and stays the same when it is killed and started again; its
 * files are its own, and go with it.
 */
final class ContainerServer implements Server {
    private static final int EXECUTABLE = 0755;
    private static final Duration TIME_TO_START = Duration.ofMinutes(2);

    private final GenericContainer<?> container;
    private final int port;
    private final int innerPort;
    private final int peerPort;
    private Probe probe = () -> true;

    ContainerServer(Image image, int innerPort) throws IOException {
        this(image, innerPort, innerPort);
    }

    /** @param peerPort where its peers reach it, if not where a test does */
    ContainerServer(Image image, int innerPort, int peerPort) throws IOException {
        this.port = Ports.free();
        this.innerPort = innerPort;
        this.peerPort = peerPort;
        container = new GenericContainer<>(DockerImageName.parse(image.reference()))
                .withNetwork(Network.SHARED)
                .withNetworkAliases(alias(image));
        container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, innerPort)));
        container.setWaitStrategy(new StartedOnly());
    }

    /** What is to be set before it starts. */
    GenericContainer<?> container() {
        return container;
    }

    /** One of those that {@code docker-compose.yml} mounts. */
    MountableFile file(String name) {
        return MountableFile.forHostPath(
                OrchardHome.find().root().resolve("service-support/container").resolve(name), EXECUTABLE);
    }

    /** The same settings as the embedded part's, as environment. */
    void environment(String prefix, Map<String, String> settings) {
        settings.forEach((name, value) -> container.withEnv(
                prefix + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    }

    /** Starts it; it is healthy when it listens. Asked within: the engine's proxy accepts connections before that. */
    ContainerServer startListening() throws IOException {
        return start(() -> {
            try {
                String[] connect = {"bash", "-c", "</dev/tcp/127.0.0.1/" + innerPort};
                return container.execInContainer(connect).getExitCode() == 0;
            } catch (IOException | DockerException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    ContainerServer start(Probe healthy) throws IOException {
        probe = healthy;
        container.start();
        awaitHealth();
        return this;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String peerHost() {
        return container.getNetworkAliases().getLast();
    }

    @Override
    public int peerPort() {
        return peerPort;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() throws IOException {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        awaitHealth();
    }

    @Override
    public void close() {
        container.stop();
    }

    private String alias(Image image) {
        return image.name().toLowerCase(Locale.ROOT) + "-" + port;
    }

    private void awaitHealth() throws IOException {
        if (!probe.await(TIME_TO_START, container::isRunning)) {
            throw new IOException(container.getDockerImageName() + " did not become healthy:\n" + container.getLogs());
        }
    }
}
