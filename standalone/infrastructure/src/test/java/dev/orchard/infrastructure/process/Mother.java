package dev.orchard.infrastructure.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that has a child, says its process id, and waits for its own end. */
final class Mother {
    private Mother() {}

    public static void main(String[] arguments) throws Exception {
        Program.Kind kind = Program.Kind.valueOf(arguments[0]);
        Child child =
                Child.spawn(new Program("sleeper", kind, List.of("sleep", "600"), Map.of(), Path.of(arguments[1])));
        System.out.println(child.pid());
        child.exitCode();
    }
}
