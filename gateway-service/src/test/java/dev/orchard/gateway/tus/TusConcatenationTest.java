package dev.orchard.gateway.tus;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TusConcatenationTest extends RunningTus {
    @Test
    void takesPieces() {
        String piece = piece(0, 10);

        assertThat(behind.state(id(piece)).path("kind").asString()).isEqualTo("tus_partial");
        assertThat(behind.state(id(piece)).path("status").asString()).isEqualTo("assembled");
        assertThat(header(head(piece), "Upload-Concat")).isEqualTo("partial");
        assertThat(header(head(piece), "Upload-Offset")).isEqualTo("10");
        assertThat(patch(piece, 10, null).statusCode()).isEqualTo(204);
        assertThat(patch(piece, 0, slice(0, 10)).statusCode()).isEqualTo(409);
        assertThat(get(piece).statusCode()).isEqualTo(409);
    }

    @Test
    void keepsTheTagAndTheDigestForTheWhole() {
        String upload =
                create("Upload-Length", "10", "Upload-Concat", "partial", "Upload-Metadata", "tag " + base64("t"));

        assertThat(behind.state(id(upload)).path("tag").isNull()).isTrue();
    }

    @Test
    void makesAnUploadOfPieces() {
        String first = piece(0, PART + 10);
        String second = piece(PART + 10, content.length);

        var answer = concatenate(
                "http://other.example/prefix" + first + " " + second,
                "Upload-Metadata",
                "filename " + base64("a.jar") + ",tag " + base64("t") + ",sha256 " + base64(sha256(content)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String upload = header(answer, "Location");
        assertThat(header(answer, "Upload-Offset")).isEqualTo(String.valueOf(content.length));
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
        assertThat(read(get(upload)).path("sha256").asString()).isEqualTo(sha256(content));
        assertThat(read(get(upload)).path("tag").asString()).isEqualTo("t");
        assertThat(header(head(upload), "Upload-Length")).isEqualTo(String.valueOf(content.length));
        assertThat(head(first).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesPiecesThatLackBytes() {
        String whole = piece(0, 10);
        String open = create("Upload-Length", "10", "Upload-Concat", "partial");

        var answer = concatenate(whole + " " + open);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("upload-incomplete");
        assertThat(read(answer).path("upload_id").asString()).isEqualTo(id(open));
    }

    @Test
    void refusesWhatIsNoPiece() {
        String whole = create("Upload-Length", "10");
        assertThat(concatenate(whole).statusCode()).isEqualTo(422);

        patch(whole, 0, slice(0, 10));
        assertThat(concatenate(whole).statusCode()).isEqualTo(422);
    }

    @Test
    void doesNotKnowPiecesOfAnotherPackage() {
        String piece = piece(0, 10);

        var answer = concatenate(piece.replace("/k/", "/other/"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(metadata.calls("POST /internal/uploads")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"final", "final;", "final;/elsewhere", "final;%", "whole", "final;a  b"})
    void refusesAHeaderThatCannotBeRead(String concat) {
        assertThat(call("POST", TUS, null, "Upload-Concat", concat).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesALengthOfTheWhole() {
        assertThat(concatenate(piece(0, 10), "Upload-Length", "10").statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsNothingOfOtherBytesThanWereDeclared() {
        String piece = piece(0, 10);

        var answer = concatenate(piece, "Upload-Metadata", "sha256 " + base64(sha256(content)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(type(answer)).isEqualTo("digest-mismatch");
        assertThat(metadata.calls("DELETE /internal/uploads/")).hasSize(1);
        assertThat(head(piece).statusCode()).isEqualTo(200);
    }

    @Test
    void givesTheWholeUpWhereTheStoreCannotMakeIt() {
        String piece = piece(0, 10);
        storage.refuse("POST /blobs/", 503, "service-unavailable");

        assertThat(concatenate(piece).statusCode()).isEqualTo(503);
        assertThat(metadata.calls("DELETE /internal/uploads/")).hasSize(1);
        assertThat(concatenate(piece).statusCode()).isEqualTo(503);
    }

    @Test
    void givesAPieceUp() {
        String piece = piece(0, 10);

        assertThat(call("DELETE", piece, null).statusCode()).isEqualTo(204);
        assertThat(concatenate(piece).statusCode()).isEqualTo(404);
    }

    private String piece(int from, int to) {
        String upload = create("Upload-Length", String.valueOf(to - from), "Upload-Concat", "partial");
        assertThat(patch(upload, 0, slice(from, to)).statusCode()).isEqualTo(204);
        return upload;
    }

    private HttpResponse<String> concatenate(String pieces, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Upload-Concat";
        all[headers.length + 1] = "final;" + pieces;
        return call("POST", TUS, null, all);
    }
}
