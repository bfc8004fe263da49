package dev.orchard.parts;

import dev.orchard.infrastructure.process.OrchardHome;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import dev.orchard.infrastructure.process.PropertiesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** S3Proxy as a process: its class path and Spring Boot's do not mix. */
record S3Part(Path folder, Path data, int port, Map<String, String> settings) implements Part {
    @Override
    public String name() {
        return "s3proxy";
    }

    @Override
    public void prepare() throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("s3proxy.endpoint", "http://127.0.0.1:" + port);
        all.put("jclouds.filesystem.basedir", data.toString());
        PropertiesFile.write(properties(), all);
    }

    @Override
    public Program program() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                OrchardHome.find()
                        .root()
                        .resolve("standalone/test-parts/target/s3proxy/s3proxy.jar")
                        .toString(),
                "--properties",
                properties().toString());
        return new Program(name(), Program.Kind.JVM, command, Map.of(), folder.resolve("s3proxy.log"));
    }

    @Override
    public Probe probe() {
        return Probe.tcp(port);
    }

    private Path properties() {
        return folder.resolve("s3proxy.conf");
    }
}
