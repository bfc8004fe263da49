package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void isMadeForItsOwnerOnlyAndSaysItsFormat() throws Exception {
        Path root = folder.resolve("new/data");
        try (var data = DataDirectory.open(root)) {
            assertThat(data.path("version")).hasContent("1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isOpenOnceAtATime() throws Exception {
        try (var data = DataDirectory.open(folder)) {
            assertThat(data.path("lock")).exists();
            assertThatThrownBy(() -> DataDirectory.open(folder)).hasMessageContaining("another Orchard already runs");
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void refusesWhatANewerOrchardWrote() throws Exception {
        Files.writeString(folder.resolve("version"), "2\n");
        assertThatThrownBy(() -> DataDirectory.open(folder)).hasMessageContaining("has format '2'");
    }

    @Test
    void isOfUseOnlyWhenItIsRestoredToTheEnd() throws Exception {
        Path root = folder.resolve("restored");
        try (var data = DataDirectory.openEmpty(root)) {
            Files.createDirectory(data.path("blobs"));
        }
        assertThatThrownBy(() -> DataDirectory.open(root)).hasMessageContaining("was not restored to the end");

        Path other = folder.resolve("other");
        try (var data = DataDirectory.openEmpty(other)) {
            data.finish();
        }
        DataDirectory.open(other).close();
    }

    @Test
    void isNotRestoredOverWhatIsThere() throws Exception {
        Files.createDirectory(folder.resolve("anything"));
        assertThatThrownBy(() -> DataDirectory.openEmpty(folder)).hasMessageContaining("is not empty");
    }

    @Test
    void refusesWhatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data"))).hasMessageContaining("cannot be written");
    }
}
