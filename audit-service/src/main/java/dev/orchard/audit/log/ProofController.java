package dev.orchard.audit.log;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/events/{id}/proof}: that an event is in the log, in one text to be kept beside the artifact. */
@RestController
final class ProofController {
    private final ProofService proofs;

    ProofController(ProofService proofs) {
        this.proofs = proofs;
    }

    @GetMapping("/api/v1/audit/events/{eventId}/proof")
    ResponseEntity<byte[]> prove(@PathVariable UUID eventId) {
        return switch (proofs.prove(eventId)) {
            case ProofOutcome.Proven(String text) -> LogController.text(text);
            case ProofOutcome.Unknown() ->
                throw new ProblemException(
                        ProblemType.EVENT_NOT_FOUND, "The ledger holds no event with the id " + eventId + ".");
            case ProofOutcome.NotCovered() ->
                throw new ProblemException(ProblemType.EVENT_NOT_COVERED, "The next checkpoint covers it; ask again.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "5");
            case ProofOutcome.Refused(String reason) ->
                throw new ProblemException(ProblemType.LOG_REFUSED, "There is no proof, because " + reason + ".");
        };
    }
}
