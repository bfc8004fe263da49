package dev.orchard.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} has every setting; {@code -Dorchard.docs.write=true} writes its table anew. */
class SettingsTableTest {
    @Test
    void isInTheDocumentation() throws IOException {
        Path home = Path.of(System.getProperty("orchard.home", ".."));
        var page = new MarkedPage(home.resolve("docs/operations.md"), "settings");
        String table = SettingsTable.of(home);
        if (Boolean.getBoolean("orchard.docs.write")) {
            page.write(table);
        }

        assertThat(page.part()).isEqualTo(table);
    }
}
