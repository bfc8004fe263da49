package dev.orchard.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    @TempDir
    Path folder;

    private Path backup;
    private Path data;

    @BeforeEach
    void copy() throws Exception {
        backup = folder.resolve("backup");
        data = folder.resolve("data");
        Path source = Files.writeString(folder.resolve("source"), "some bytes");
        try (BackupFolder written = BackupFolder.create(backup)) {
            written.addFolder("postgresql/data/pg_twophase");
            written.write("postgresql/data/backup_label", "a label");
            assertThat(written.copy(source, "blobs/blobs/ab/one")).isTrue();
            assertThat(written.copy(folder.resolve("gone"), "blobs/blobs/ab/two"))
                    .isFalse();
            written.finish("1.2.3", "today");
        }
    }

    @Test
    void bringsBackFilesAndEmptyFoldersForTheirOwnerOnly() throws Exception {
        assertThat(new Restore(backup).into(data)).isEqualTo(BackupFacts.read(backup));
        assertThat(data.resolve("blobs/blobs/ab/one")).hasContent("some bytes");
        assertThat(data.resolve("postgresql/data/backup_label")).hasContent("a label");
        assertThat(data.resolve("blobs/blobs/ab/two")).doesNotExist();
        Path empty = data.resolve("postgresql/data/pg_twophase");
        assertThat(empty).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(empty)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("blobs/blobs/ab/one"))))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhoMadeItWhenAndHowMuch() throws Exception {
        BackupFacts facts = BackupFacts.read(backup);
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.takenAt()).isEqualTo("today");
        assertThat(facts.files()).isEqualTo(2);
        assertThat(facts.bytes()).isEqualTo(17);
    }

    @Test
    void refusesWhatDidNotComeToItsEnd() throws Exception {
        Files.delete(backup.resolve("backup"));
        assertRefused("came to its end");
    }

    @Test
    void refusesWhatANewerOrchardMade() throws Exception {
        replace("backup", "format=1", "format=2");
        assertRefused("has format '2'");
    }

    @Test
    void refusesAFileThatChanged() throws Exception {
        replace("data/blobs/blobs/ab/one", "some", "same");
        assertRefused("one is not as it was written");
    }

    @Test
    void refusesAFileThatIsMissing() throws Exception {
        Files.delete(backup.resolve("data/blobs/blobs/ab/one"));
        assertRefused("one is missing");
    }

    @Test
    void refusesAListThatChanged() throws Exception {
        replace("files.sha256", "blobs/ab/one", "blobs/ab/two");
        assertRefused("not the list that was written");
        Files.delete(backup.resolve("folders"));
        assertRefused("not the list that was written");
    }

    @Test
    void isMadeInAFolderOfItsOwn() {
        assertThatThrownBy(() -> BackupFolder.create(backup)).hasMessageContaining("is not empty");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> new Restore(backup).into(data))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(why);
    }

    private void replace(String file, String text, String other) throws IOException {
        Path path = backup.resolve(file);
        Files.writeString(path, Files.readString(path).replace(text, other));
    }
}
