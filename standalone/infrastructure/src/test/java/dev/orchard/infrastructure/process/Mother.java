package dev.orchard.infrastructure.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that has a child, says its process id, and waits for its own end. */
final class Mother {
    private Mother() {}

    public static void main(String[] arguments) throws Exception {
        Program.Kind kind = Program.Kind.valueOf(arguments[0]);
        // A job in the background of a shell inherits that SIGINT is ignored: PostgreSQL does not mind, sleep does.
        var command = List.of("env", "--default-signal", "sleep", "600");
        Child child = Child.spawn(new Program("sleeper", kind, command, Map.of(), Path.of(arguments[1])));
        System.out.println(child.pid());
        child.exitCode();
    }
}
