package dev.orchard.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DiskFullTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void isWhatTheSystemSaysOfADeviceThatIsAlwaysFull() throws IOException {
        try (var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            var failure = catchThrowableOfType(IOException.class, () -> full.write(ByteBuffer.wrap(new byte[1000])));

            assertThat(DiskFull.says(failure)).isTrue();
        }
    }

    @Test
    void isWhatTheSystemSaysOfAFileThatCannotBeMade() {
        assertThat(DiskFull.says(new FileSystemException("tmp/a", null, "No space left on device")))
                .isTrue();
    }

    @Test
    void isNotEveryFailure() {
        assertThat(DiskFull.says(new IOException("Input/output error"))).isFalse();
        assertThat(DiskFull.says(new IOException((String) null))).isFalse();
    }
}
