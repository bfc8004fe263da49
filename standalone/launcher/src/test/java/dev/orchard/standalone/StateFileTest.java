package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path folder;

    @Test
    void saysWhereEachProcessIsAndGoesAtTheEnd() throws Exception {
        Path file = folder.resolve("run/state.json");
        StateFile state = new StateFile(file);
        state.put("kafka", new StateFile.Running(12, 9092));
        state.put("audit", new StateFile.Running(13, 9093));
        state.put("kafka", new StateFile.Running(14, 9092));
        assertThat(file).hasContent("""
                {
                  "pid": %d,
                  "processes": {
                    "audit": {"pid": 13, "port": 9093},
                    "kafka": {"pid": 14, "port": 9092}
                  }
                }""".formatted(ProcessHandle.current().pid()));
        assertThat(new StateFile(file).findPort("kafka")).hasValue(9092);
        assertThat(new StateFile(file).findPort("connect")).isEmpty();
        state.delete();
        assertThat(file).doesNotExist();
        assertThat(new StateFile(file).findPort("kafka")).isEmpty();
    }
}
