package dev.orchard.gateway.tus;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.resumable.Address;
import dev.orchard.gateway.resumable.Assembly;
import dev.orchard.gateway.resumable.Kind;
import dev.orchard.gateway.resumable.NewUpload;
import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.gateway.resumable.PartClient;
import dev.orchard.gateway.resumable.ResumableRecordClient;
import dev.orchard.gateway.resumable.StateOutcome;
import dev.orchard.gateway.upload.Patience;
import dev.orchard.gateway.upload.UploadFacts;
import dev.orchard.gateway.upload.UploadRecordClient;
import dev.orchard.gateway.upload.UploadRecordClient.RecordOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes one upload of others that came at the same time. The pieces stay until they expire, so that a client that missed
 * the answer can ask again.
 */
@Service
class FinalService {
    private final ResumableRecordClient partials;
    private final UploadRecordClient records;
    private final PartClient parts;
    private final Patience patience;
    private final long uploadLimit;

    FinalService(
            ResumableRecordClient partials,
            UploadRecordClient records,
            PartClient parts,
            Patience patience,
            GatewaySettings settings) {
        this.partials = partials;
        this.records = records;
        this.parts = parts;
        this.patience = patience;
        this.uploadLimit = settings.uploadLimit().toBytes();
    }

    /** @param uploadIds the pieces, in their order; one can come twice */
    FinalOutcome concatenate(NewUpload wanted, List<String> uploadIds) {
        List<OpenUpload> pieces = new ArrayList<>();
        for (String id : uploadIds) {
            switch (partials.find(new Address(wanted.project(), wanted.packageName(), id))) {
                case StateOutcome.Assembled(var piece) -> pieces.add(piece);
                case StateOutcome.Open(var piece) -> {
                    return piece.kind() == Kind.TUS_PARTIAL
                            ? new FinalOutcome.PartialIncomplete(id)
                            : new FinalOutcome.NotPartial(id);
                }
                case StateOutcome.Completed completed -> {
                    return new FinalOutcome.NotPartial(id);
                }
                case StateOutcome.Refused refused -> {
                    return new FinalOutcome.NoSuchPartial(id);
                }
                case StateOutcome.Unsettled unsettled -> {
                    return new FinalOutcome.Unavailable(null);
                }
            }
        }
        long size = pieces.stream().mapToLong(OpenUpload::receivedBytes).sum();
        return size > uploadLimit ? new FinalOutcome.TooLarge(uploadLimit) : begin(wanted, pieces, size);
    }

    private FinalOutcome begin(NewUpload wanted, List<OpenUpload> pieces, long size) {
        return switch (records.begin(facts(wanted, size, null))) {
            case RecordOutcome.Recorded known -> new FinalOutcome.Recorded(known.answer());
            case RecordOutcome.Refused refused -> new FinalOutcome.Refused(refused.refusal());
            case RecordOutcome.Unsettled unsettled -> new FinalOutcome.Unavailable(null);
            case RecordOutcome.Checked checked ->
                throw new IllegalStateException("no key was given for a blob to come");
            case RecordOutcome.Intended intent -> assemble(wanted, pieces, size, intent);
        };
    }

    private FinalOutcome assemble(NewUpload wanted, List<OpenUpload> pieces, long size, RecordOutcome.Intended intent) {
        FinalOutcome outcome = null;
        try {
            var keys = pieces.stream().map(OpenUpload::storageKey).toList();
            outcome = switch (parts.concatenate(intent.storageKey(), keys)) {
                case Assembly.Stored stored when stored.size() != size -> new FinalOutcome.Unavailable(null);
                case Assembly.Stored stored -> record(wanted, stored, intent);
                case Assembly.Missing missing -> new FinalOutcome.Unavailable(null);
                case Assembly.Gone gone -> new FinalOutcome.Unavailable(null);
                case Assembly.Full full -> new FinalOutcome.StorageFull();
                case Assembly.Unavailable(var why) -> new FinalOutcome.Unavailable(why);
            };
            return outcome;
        } finally {
            if (!(outcome instanceof FinalOutcome.Recorded)) {
                records.giveUp(intent.uploadId());
            }
        }
    }

    private FinalOutcome record(NewUpload wanted, Assembly.Stored stored, RecordOutcome.Intended intent) {
        var declared = wanted.sha256();
        if (declared != null && !declared.equals(stored.sha256())) {
            return new FinalOutcome.DigestMismatch(declared, stored.sha256());
        }
        var facts = facts(wanted, stored.size(), stored);
        var answered = patience.ask(
                () -> records.complete(intent.uploadId(), facts), RecordOutcome.Unsettled.class::isInstance);
        return switch (answered.outcome()) {
            case RecordOutcome.Recorded recorded -> new FinalOutcome.Recorded(recorded.answer());
            case RecordOutcome.Refused refused -> new FinalOutcome.Refused(refused.refusal());
            case RecordOutcome.Unsettled unsettled -> new FinalOutcome.Unavailable(null);
            case RecordOutcome.Checked again -> throw new IllegalStateException("an upload was begun at its end");
            case RecordOutcome.Intended again -> throw new IllegalStateException("an upload was begun at its end");
        };
    }

    private static UploadFacts facts(NewUpload wanted, long size, Assembly.@Nullable Stored stored) {
        return new UploadFacts(
                wanted.project(),
                wanted.packageName(),
                wanted.tag(),
                wanted.filename(),
                wanted.contentType(),
                stored == null ? wanted.sha256() : stored.sha256(),
                size,
                stored == null ? null : stored.checksumCrc32c(),
                stored == null ? null : stored.checksumSha1(),
                stored == null ? null : stored.checksumMd5(),
                wanted.ifMatch(),
                wanted.ifNoneMatch(),
                null,
                false);
    }
}
