package dev.orchard.standalone;

import dev.orchard.infrastructure.process.Interruption;
import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.JavaProgram.Compiler;
import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.time.Duration;

/** Starts the whole, says where it is, and stays until it is told to stop. */
final class Up {
    private static final Duration QUIET_TIME = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofDays(100_000);

    private Up() {}

    static void run(Command.Up command) throws IOException, StartException {
        DataDirectory data = DataDirectory.open(command.data());
        if (!Ports.isFree(command.port())) {
            throw new StartException("port " + command.port() + " of 127.0.0.1 is in use, choose another with --port");
        }
        data.stateFile().delete(); // of one that was killed
        Secrets secrets = Secrets.of(data);
        OrchardHome home = OrchardHome.find();
        StartArchives archives =
                new StartArchives(data.cache(home, "start-archives"), data.path("run"), data.log("archives"));
        JavaProgram java = new JavaProgram(home, archives, Compiler.FIRST);
        JavaProgram services = java.with(command.optimize() ? Compiler.BOTH : Compiler.FIRST);
        Plan plan = Plan.of(data, secrets, java, services, command.port());
        Console console = new Console(System.out);
        Supervisor supervisor = new Supervisor(plan.members(), console, data.stateFile(), Keeper.Patience.DEFAULT);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            archives.close();
            supervisor.stop();
            data.close();
        }));
        supervisor.start();
        plan.capture().await(console);
        if (secrets.isAdminTokenNew()) {
            console.say("admin token: " + secrets.adminToken());
        }
        console.say("ready: http://127.0.0.1:" + command.port());
        waitFor(QUIET_TIME);
        makeArchives(archives, console);
        waitFor(FOREVER);
    }

    /** Without them the next start is slower, and that is all. */
    private static void makeArchives(StartArchives archives, Console console) {
        try {
            archives.makeMissing();
        } catch (IOException e) {
            console.happened("archives", "failed", e.toString());
        }
    }

    /** Nobody ever wakes this thread: the JVM ends by a signal. */
    private static void waitFor(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }
}
