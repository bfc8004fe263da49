package dev.orchard.audit.log;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real storage service over a folder. */
record StoragePart(Path folder, Path tokenFile, int port) implements Part {
    @Override
    public String name() {
        return "storage";
    }

    @Override
    public Program program() throws IOException {
        var module = new JavaProgram.Module(
                "storage", "storage-service", "dev.orchard.storage.StorageApplication", 96, List.of());
        var settings = Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "ORCHARD_SERVICE_TOKENFILE", tokenFile.toString(),
                "ORCHARD_STORAGE_FILESYSTEM_ROOT", folder.toString());
        return JavaProgram.plain().of(module, settings, folder.resolveSibling("storage.log"));
    }

    @Override
    public Probe probe() {
        return Probe.http(URI.create(url() + "/actuator/health/readiness"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}
