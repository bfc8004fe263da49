package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void startsHereOnPort8080UnlessToldOtherwise() throws Exception {
        assertThat(Command.of("up"))
                .isEqualTo(new Command.Up(Path.of("orchard-data").toAbsolutePath(), 8080, false));
    }

    @Test
    void startsWhereItIsTold() throws Exception {
        assertThat(Command.of("up", "--port", "9090", "--data", "/somewhere/else"))
                .isEqualTo(new Command.Up(Path.of("/somewhere/else"), 9090, false));
    }

    @Test
    void optimizesWhenItIsTold() throws Exception {
        assertThat(Command.of("up", "--optimize"))
                .isEqualTo(new Command.Up(Path.of("orchard-data").toAbsolutePath(), 8080, true));
    }

    @Test
    void copiesAndRestoresWhereItIsTold() throws Exception {
        assertThat(Command.of("backup", "--to", "/b"))
                .isEqualTo(new Command.Backup(Path.of("orchard-data").toAbsolutePath(), Path.of("/b")));
        assertThat(Command.of("backup", "--to", "/b", "--data", "/d"))
                .isEqualTo(new Command.Backup(Path.of("/d"), Path.of("/b")));
        assertThat(Command.of("restore", "--from", "/b", "--data", "/d"))
                .isEqualTo(new Command.Restore(Path.of("/b"), Path.of("/d")));
    }

    @Test
    void helpsWhoSaysNothing() throws Exception {
        assertThat(Command.of()).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "down",
                "up --port",
                "up --port x",
                "up --port 0",
                "up --port 65536",
                "up --date d",
                "backup",
                "backup --from b",
                "restore --from b",
                "restore --data d"
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertThatThrownBy(() -> Command.of(line.split(" "))).isInstanceOf(StartException.class);
    }
}
