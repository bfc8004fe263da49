package dev.orchard.parts;

import com.github.dockerjava.api.exception.DockerException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** The container engine and what it has. */
final class Engine {
    private static final int PULL_SECONDS = 120;
    private static final Optional<String> MISSING = find();

    private Engine() {}

    /** What keeps the parts from running in containers; empty if nothing does. */
    static Optional<String> missing() {
        return MISSING;
    }

    private static Optional<String> find() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("there is no container engine");
        }
        return Arrays.stream(Image.values())
                .map(Image::reference)
                .filter(image -> !isHere(image) && !isPulled(image))
                .findFirst()
                .map(image -> "the image " + image + " is not here and cannot be pulled");
    }

    private static boolean isHere(String image) {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return true;
        } catch (DockerException e) {
            return false;
        }
    }

    private static boolean isPulled(String image) {
        try {
            return DockerClientFactory.lazyClient()
                    .pullImageCmd(image)
                    .start()
                    .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
        } catch (DockerException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
