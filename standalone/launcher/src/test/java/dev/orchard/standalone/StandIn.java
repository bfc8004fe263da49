package dev.orchard.standalone;

import com.sun.net.httpserver.HttpServer;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A small process in the place of a large one: it writes into a diary when it starts and when it stops. */
record StandIn(String name, int port, Path folder) implements Part {
    static StandIn in(Path folder, String name) throws IOException {
        return new StandIn(name, Ports.free(), folder);
    }

    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        Path diary = Path.of(arguments[2]);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(diary, name + " stops")));
        write(diary, name + " starts");
        server.start();
    }

    private static void write(Path diary, String line) {
        try {
            Files.writeString(diary, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Program program() {
        return new Program(
                name,
                Program.Kind.JVM,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandIn.class.getName(),
                        name,
                        Integer.toString(port),
                        diary(folder).toString()),
                Map.of(),
                folder.resolve(name + ".log"));
    }

    static Path diary(Path folder) {
        return folder.resolve("diary");
    }

    @Override
    public Probe probe() {
        return Probe.http(URI.create("http://127.0.0.1:" + port));
    }
}
