package dev.orchard.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.GatewayApplication;
import dev.orchard.gateway.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** How streams end where a service behind says it byte by byte, and where the gateway itself stops. */
@Timeout(60)
class StreamEndTest {
    private static final String TOKEN = "admin-token-admin-token-admin-token";

    @TempDir
    Path folder;

    private ServerSocket audit;
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() throws IOException {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        audit = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        String behind = "http://127.0.0.1:" + audit.getLocalPort();
        gateway = SpringApplication.run(
                GatewayApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.lifecycle.timeout-per-shutdown-phase=100s",
                "--orchard.gateway.metadata-url=" + behind,
                "--orchard.gateway.storage-url=" + behind,
                "--orchard.gateway.audit-url=" + behind,
                "--orchard.gateway.admin-token-file=" + token,
                "--orchard.service.token-file=" + token);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        audit.close();
    }

    @Test
    void breaksOffAnExportThatBreaksOffBehind() throws IOException {
        try (var client = ask("/api/v1/audit/events");
                var service = audit.accept()) {
            answer(service, "2\r\na\n\r\n");
            client.readHead();
            service.setSoLinger(true, 0);
            service.close();

            assertThat(client.readAll()).startsWith("2\r\na\n").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void endsAnExportThatEndsBehind() throws IOException {
        try (var client = ask("/api/v1/audit/events");
                var service = audit.accept()) {
            answer(service, "2\r\na\n\r\n0\r\n\r\n");
            client.readHead();

            assertThat(client.readAll()).isEqualTo("2\r\na\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void endsLiveStreamsBeforeItStops() throws IOException {
        try (var client = ask("/api/v1/events");
                var service = audit.accept()) {
            answer(service, "2\r\na\n\r\n");
            client.readHead();
            gateway.close();

            assertThat(client.readAll()).startsWith("2\r\na\n");
        }
    }

    private RawConnection ask(String target) {
        int port = Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
        return new RawConnection(port)
                .send("GET " + target + " HTTP/1.1\nHost: x\nConnection: close\nAuthorization: Bearer " + TOKEN
                        + "\n\n");
    }

    private static void answer(Socket service, String chunks) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
        service.getOutputStream().write((head + chunks).getBytes(StandardCharsets.UTF_8));
    }
}
