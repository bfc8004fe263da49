package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.time.Duration;

/** A part that was started, was healthy then, and is stopped by closing it. */
public final class RunningPart implements AutoCloseable {
    private static final Duration TIME_TO_START = Duration.ofMinutes(2);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);

    private final Child child;

    private RunningPart(Child child) {
        this.child = child;
    }

    /** Returns when the part is healthy; one that does not become so is stopped, and its log named. */
    public static RunningPart start(Part part) throws IOException {
        part.prepare();
        RunningPart running = new RunningPart(Child.spawn(part.program()));
        try {
            if (!part.probe().await(TIME_TO_START, running.child::isAlive)) {
                throw new IOException(part.name() + " did not become healthy, see "
                        + running.child.program().log());
            }
            part.settle();
            return running;
        } catch (IOException | RuntimeException e) {
            running.kill();
            throw e;
        }
    }

    public long pid() {
        return child.pid();
    }

    /** kill -9. */
    public void kill() {
        child.kill();
    }

    /** Stops in order; killed after the grace of 30 seconds. */
    @Override
    public void close() {
        child.stop(TIME_TO_STOP);
    }
}
