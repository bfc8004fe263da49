package dev.orchard.standalone;

import dev.orchard.infrastructure.process.Child;
import dev.orchard.infrastructure.process.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one part running: starts it, waits till it is healthy, and starts it again whenever it dies. */
final class Keeper {
    /** How long a part may take, and how patient we are with one that dies. */
    record Patience(Duration start, Duration stop, Duration firstPause, Duration longestPause) {
        static final Patience DEFAULT = new Patience(
                Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    private static final int KILLED = 128 + 9;

    private final Part part;
    private final Console console;
    private final StateFile state;
    private final Patience patience;
    private final CompletableFuture<@Nullable Void> firstHealth = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Child child;

    Keeper(Part part, Console console, StateFile state, Patience patience) {
        this.part = part;
        this.console = console;
        this.state = state;
        this.patience = patience;
    }

    /** Done when the part is healthy for the first time; fails with a {@link StartException} when it does not get so. */
    CompletableFuture<@Nullable Void> firstHealth() {
        return firstHealth;
    }

    /** Returns when the part was told to stop, or cannot be started. */
    void run() {
        long giveUp = System.nanoTime() + patience.start().toNanos();
        Duration pause = patience.firstPause();
        while (!isStopping()) {
            long since = System.nanoTime();
            String end = liveOnce(since);
            if (isStopping()) {
                return;
            }
            if (!firstHealth.isDone() && System.nanoTime() > giveUp) {
                firstHealth.completeExceptionally(new StartException(part.name() + " does not become healthy: " + end));
                return;
            }
            pause = longLived(since) ? patience.firstPause() : pause;
            console.happened(part.name(), "died", end + ", starting it again");
            rest(pause);
            pause = shorter(pause.multipliedBy(2), patience.longestPause());
        }
    }

    /** One life of the process, and how it ended. */
    private String liveOnce(long since) {
        try {
            part.prepare();
            Child started = spawn();
            if (started == null) {
                return "stopped";
            }
            if (!part.probe().await(patience.start(), () -> started.isAlive() && !isStopping())) {
                return isStopping() ? "stopped" : endOf(started);
            }
            part.settle();
            console.reached(part.name(), "ready", since);
            firstHealth.complete(null);
            return "exit code " + started.exitCode() + ", see "
                    + started.program().log();
        } catch (IOException e) {
            killChild();
            return String.valueOf(e.getMessage());
        }
    }

    private static String endOf(Child unhealthy) {
        String end = unhealthy.isAlive() ? "not healthy in time" : "exit code " + unhealthy.exitCode();
        unhealthy.kill();
        return end + ", see " + unhealthy.program().log();
    }

    private synchronized @Nullable Child spawn() throws IOException {
        if (isStopping()) {
            return null;
        }
        child = Child.spawn(part.program());
        state.put(part.name(), new StateFile.Running(child.pid(), part.port()));
        return child;
    }

    private synchronized void killChild() {
        if (child != null) {
            child.kill();
        }
    }

    /** From now on a death is final. */
    void forbidRestart() {
        stopping.countDown();
    }

    /** Returns when the process is gone. */
    synchronized void stop() {
        forbidRestart();
        if (child == null || !child.isAlive()) {
            return;
        }
        long since = System.nanoTime();
        int exitCode = child.stop(patience.stop());
        console.reached(part.name(), exitCode == KILLED ? "killed" : "stopped", since);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean longLived(long since) {
        return System.nanoTime() - since > patience.longestPause().toNanos();
    }

    private void rest(Duration pause) {
        try {
            boolean stopped = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            assert stopped == isStopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
