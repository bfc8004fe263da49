package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServicePartTest {
    @Test
    void namesVariablesAsSpringBootReadsThem() {
        assertThat(ServicePart.variable("orchard.storage.file-system.root"))
                .isEqualTo("ORCHARD_STORAGE_FILESYSTEM_ROOT");
    }
}
