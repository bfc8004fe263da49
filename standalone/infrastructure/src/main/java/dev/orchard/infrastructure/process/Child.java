package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A running program. It has a session of its own, so that Ctrl-C at the terminal does not reach it, and the kernel ends
 * it when this process ends, however this process ends.
 */
public final class Child {
    /**
     * The kernel's promise is bound to the thread that made the child, not to its process. So one thread, which lives
     * as long as the process, makes all of them.
     */
    private static final ExecutorService PARENT = Executors.newFixedThreadPool(
            1, Thread.ofPlatform().daemon().name("parent-of-children").factory());

    private final Program program;
    private final Process process;

    private Child(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    public static Child spawn(Program program) throws IOException {
        Files.createDirectories(program.log().toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(commandLine(program))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()));
        builder.environment().putAll(program.environment());
        try {
            Process process = PARENT.submit(builder::start).get();
            process.getOutputStream().close();
            return new Child(program, process);
        } catch (ExecutionException e) {
            throw new IOException(program.name() + " cannot be started: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    /** PostgreSQL refuses to run as root. A change of user would clear the signal, so the signal is set after it. */
    private static List<String> commandLine(Program program) {
        List<String> line = new ArrayList<>(List.of("setsid"));
        if (program.kind() == Program.Kind.POSTGRES && "root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("unshare", "--user"));
        }
        line.addAll(List.of("setpriv", "--pdeathsig", program.kind().orphanSignal()));
        line.addAll(program.command());
        return line;
    }

    public Program program() {
        return program;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process has ended, and says how: 128 and the signal's number, where a signal ended it. */
    public int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    /** Asks the process to stop, gives it the time, and kills it after that; returns when it is gone. */
    public int stop(Duration grace) {
        try {
            signal(program.kind().stopSignal());
            if (!process.waitFor(grace)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            throw Interruption.of(e);
        }
        return exitCode();
    }

    /** SIGKILL, and returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    private void signal(String signal) throws InterruptedException {
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        }
    }
}
