package dev.orchard.transparency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Logs that are signed as they are, so that nothing but the recount can find what is wrong. */
class EpochsTest {
    private final Verifying verifying = new Verifying();
    private final Trail trail = new Trail(Verifying.random());

    @Test
    void recountsEveryEpochAndTellsWhatIsNotClosedYet() {
        trail.log(7).close().close().log(30).close().log(4);
        var tally = verifying.accept(trail).tally();
        assertThat(tally).isEqualTo(new Summary.Tally(3, 39, 5, 0, 0, 0));
    }

    @Test
    void takesAnEmptyLog() {
        assertThat(verifying.accept(trail).tally()).isEqualTo(new Summary.Tally(0, 0, 0, 0, 0, 0));
    }

    @Test
    void takesEntriesInAnyOrder() {
        trail.log(7).close().log(300).close().log(30).close().log(4);
        Collections.shuffle(trail.entries(), Verifying.random());
        assertThat(verifying.accept(trail).tally()).isEqualTo(new Summary.Tally(3, 339, 5, 0, 0, 0));
    }

    @Test
    void namesTheEpochOfWhichARecordIsMissing() {
        trail.log(7).close().log(9).close().log(5).close();
        trail.entries().remove(10);
        assertThat(verifying.refuse(trail))
                .startsWith("entry 16 (event ")
                .contains("epoch 2", "does not recount: it counts 10 events, the log holds 9: records are missing");
    }

    @Test
    void namesTheEpochToWhichARecordWasAdded() {
        trail.log(7);
        trail.entries().add(foreign(703));
        trail.close();
        assertThat(verifying.refuse(trail))
                .startsWith("entry 8 (event ")
                .contains("epoch 1", "it counts 7 events, the log holds 8: records were added");
    }

    @Test
    void namesTheEpochInWhichARecordWasChanged() {
        trail.log(7).close().log(2);
        String event = new String(trail.entries().get(3), StandardCharsets.UTF_8);
        trail.entries().set(3, event.replace("03T09", "03T08").getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.refuse(trail))
                .startsWith("entry 7 (event ")
                .contains("epoch 1", "the log holds as many, but not the same ones");
    }

    @Test
    void namesARecordThatNoEpochCounted() {
        trail.log(7).close().log(2).close();
        trail.entries().add(foreign(703));
        trail.log(3);
        assertThat(verifying.refuse(trail))
                .startsWith("entry 11 (event ")
                .endsWith("no epoch counts it, of transaction 703");
    }

    @Test
    void namesARecordFromBeforeTheFirstEpochThatNamesATransaction() {
        trail.log(7).close();
        trail.entries().add(foreign(12));
        assertThat(verifying.refuse(trail)).startsWith("entry 8 (event ").contains("no epoch counts it");
    }

    @Test
    void namesTheMarkerBeforeWhichOneIsMissing() {
        trail.log(7).close().log(9).close().log(5).close();
        trail.entries().remove(17);
        assertThat(verifying.refuse(trail))
                .startsWith("entry 22 (event ")
                .endsWith("it closes epoch 3, and epoch 2 has no marker");
    }

    @Test
    void namesASecondMarkerOfAnEpoch() {
        var other = trail.log(7).standing();
        trail.close().log(3);
        trail.entries().add(other.marker().bytes());
        assertThat(verifying.refuse(trail)).startsWith("entry 11 (event ").endsWith("it is another marker of epoch 1");
    }

    @Test
    void namesAMarkerThatIsNotChainedToTheOneBefore() {
        assertThat(withSecondMarker(data -> data.replace("\"total\":10", "\"total\":11")))
                .contains("epoch 2", "its total is not that of the epochs so far");
        assertThat(withSecondMarker(data -> data.replace("from_txid\":\"708", "from_txid\":\"707")))
                .contains("epoch 2", "it does not begin where the epoch before ended");
        assertThat(withSecondMarker(data -> data.replace("to_txid\":\"711", "to_txid\":\"707")))
                .contains("epoch 2", "its to_txid is below its from_txid");
        assertThat(withSecondMarker(data -> data.replaceAll("previous\":\"[^\"]*", "previous\":\"" + trail.id())))
                .contains("epoch 2", "it does not name the marker of the epoch before");
        assertThat(withSecondMarker(data -> data.replaceAll("previous\":\"[^\"]*\"", "previous\":null")))
                .contains("epoch 2", "it does not name the marker of the epoch before");
        assertThat(withSecondMarker(data -> data.replace("sha256\":\"", "sha256\":\"x")))
                .contains("and is not one");
    }

    @Test
    void namesAFirstMarkerThatSpeaksOfOneBefore() {
        String marker = new String(trail.log(7).marker().bytes(), StandardCharsets.UTF_8);
        String other = marker.replace("\"previous\":null", "\"previous\":\"" + trail.id() + "\"");
        trail.entries().add(other.getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.refuse(trail))
                .startsWith("entry 7 (event ")
                .endsWith("it names a marker before the first");
    }

    @Test
    void leavesOutWhatTheDatabaseDisclaims() {
        trail.log(7).close();
        var then = trail.standing();
        trail.log(9).close().log(2);
        var before = List.copyOf(trail.entries());
        trail.setBackTo(then).log(3).close();
        for (int i = 8; i < before.size(); i++) {
            trail.disclaim(i, idOf(before.get(i)));
        }
        trail.log(6).close().log(1);
        assertThat(verifying.accept(trail).tally()).isEqualTo(new Summary.Tally(3, 18, 2, 12, 12, 0));
    }

    @Test
    void namesWhatIsDisclaimedByAnotherIdOrAnotherHash() {
        trail.log(7).close();
        trail.entries().add(foreign(703));
        trail.disclaim(8, trail.id());
        assertThat(verifying.refuse(trail)).startsWith("entry 8 (event ").contains("but it is another record");
    }

    @Test
    void namesAStatementThatDisclaimsWhatIsNotBeforeIt() {
        trail.log(7).close();
        trail.disclaim(2, idOf(trail.entries().get(2)));
        var statement = trail.entries().removeLast();
        trail.entries().addFirst(statement);
        trail.entries()
                .set(
                        0,
                        new String(statement, StandardCharsets.UTF_8)
                                .replace("\"position\":3", "\"position\":4")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.refuse(trail)).startsWith("entry 0 (event ").contains("which is not before it");
    }

    @Test
    void countsWhatIsNoEvent() {
        trail.log(7);
        trail.entries().add("no event".getBytes(StandardCharsets.UTF_8));
        trail.entries().add(new byte[0]);
        trail.entries().add(new byte[65_535]);
        trail.close();
        assertThat(verifying.accept(trail).tally()).isEqualTo(new Summary.Tally(1, 7, 1, 0, 0, 3));
    }

    private String withSecondMarker(UnaryOperator<String> change) {
        var changed = new Trail(Verifying.random()).log(7).close().log(2);
        String marker = new String(changed.marker().bytes(), StandardCharsets.UTF_8);
        changed.entries().add(change.apply(marker).getBytes(StandardCharsets.UTF_8));
        return verifying.refuse(changed);
    }

    private byte[] foreign(long txid) {
        var text = new String(new Trail(Verifying.random()).event().bytes(), StandardCharsets.UTF_8);
        return text.replace("\"txid\":\"700\"", "\"txid\":\"" + txid + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static UUID idOf(byte[] event) {
        String text = new String(event, StandardCharsets.UTF_8);
        return UUID.fromString(text.substring(text.indexOf("\"id\":\"") + 6).substring(0, 36));
    }
}
