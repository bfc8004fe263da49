package dev.orchard.standalone;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Starts the whole, says where it is, and stays until it is told to stop. */
final class Up {
    private Up() {}

    static void run(Command.Up command) throws IOException, StartException {
        DataDirectory data = DataDirectory.open(command.data());
        if (!Ports.isFree(command.port())) {
            throw new StartException("port " + command.port() + " of 127.0.0.1 is in use, choose another with --port");
        }
        Secrets secrets = Secrets.of(data);
        AotCache cache = new AotCache(data.aotCache());
        Plan plan = Plan.of(data, secrets, new JavaProgram(OrchardHome.find(), cache), command.port());
        Console console = new Console(System.out);
        Supervisor supervisor = new Supervisor(plan.members(), console, data.stateFile(), cache);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            supervisor.stop();
            data.close();
        }));
        supervisor.start();
        plan.capture().await(console);
        if (secrets.isAdminTokenNew()) {
            console.say("admin token: " + secrets.adminToken());
        }
        console.say("ready: http://127.0.0.1:" + command.port());
        stayUntilStopped();
    }

    private static void stayUntilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
