package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.postgres.LoginRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    private DataDirectory data;

    @BeforeEach
    void open() throws Exception {
        data = DataDirectory.open(folder);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void areMadeOnce() throws Exception {
        Secrets first = Secrets.of(data);
        Secrets second = Secrets.of(data);
        assertThat(first.isAdminTokenNew()).isTrue();
        assertThat(second.isAdminTokenNew()).isFalse();
        assertThat(second.adminToken()).isEqualTo(first.adminToken()).hasSizeGreaterThan(40);
        assertThat(second.passwords()).isEqualTo(first.passwords());
    }

    @Test
    void areAllDifferent() throws Exception {
        Secrets secrets = Secrets.of(data);
        assertThat(Arrays.stream(LoginRole.values()).map(secrets.passwords()::of))
                .doesNotHaveDuplicates()
                .doesNotContain(secrets.adminToken());
    }

    @Test
    void areReadableByTheirOwnerOnly() throws Exception {
        Secrets secrets = Secrets.of(data);
        assertThat(permissions(secrets.adminTokenFile())).isEqualTo("rw-------");
        assertThat(permissions(secrets.serviceTokenFile())).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("secrets/orchard_app"))).isEqualTo("rw-------");
    }

    @Test
    void areNotSaidWhenTheyArePrinted() throws Exception {
        Secrets secrets = Secrets.of(data);
        assertThat(secrets.toString())
                .doesNotContain(secrets.adminToken())
                .doesNotContain(secrets.passwords().of(LoginRole.APP));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
