package dev.orchard.metadata.tag;

import dev.orchard.metadata.packages.PackageLookup;
import dev.orchard.metadata.tag.TagOutcome.ConditionFailed;
import dev.orchard.metadata.tag.TagOutcome.Created;
import dev.orchard.metadata.tag.TagOutcome.Deleted;
import dev.orchard.metadata.tag.TagOutcome.Moved;
import dev.orchard.metadata.tag.TagOutcome.NoArtifact;
import dev.orchard.metadata.tag.TagOutcome.NoPackage;
import dev.orchard.metadata.tag.TagOutcome.NoTag;
import dev.orchard.metadata.tag.TagOutcome.Unchanged;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/tags}: the tags of a package. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages/{package}/tags")
class TagController {
    private static final Pattern HISTORY_KEY = Pattern.compile("[0-9]{1,18}");

    private final TagService tags;
    private final TaggingService tagging;
    private final PackageLookup packages;

    TagController(TagService tags, TaggingService tagging, PackageLookup packages) {
        this.tags = tags;
        this.tagging = tagging;
        this.packages = packages;
    }

    /** What a client says of a tag that it sets. */
    record NewTarget(@NotNull(message = "is missing") Sha256 artifactId) {}

    @GetMapping
    Page<Tag> list(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName name,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        packages.requirePackage(project, name);
        return tags.list(project, name, PageRequest.of(limit, cursor));
    }

    @GetMapping("/{tag}")
    ResponseEntity<Tag> get(
            @PathVariable ProjectName project, @PathVariable("package") PackageName name, @PathVariable TagName tag) {
        packages.requirePackage(project, name);
        var address = new TagAddress(project, name, tag);
        return answer(ResponseEntity.ok(), tags.find(address), address);
    }

    @PutMapping("/{tag}")
    ResponseEntity<Tag> put(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName name,
            @PathVariable TagName tag,
            @Valid @RequestBody NewTarget target,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        var address = new TagAddress(project, name, tag);
        var put = tagging.put(address, target.artifactId(), TagCondition.of(ifMatch, ifNoneMatch));
        return switch (put.outcome()) {
            case Created() -> answer(ResponseEntity.created(location(address)), put.tag(), address);
            case Moved moved -> answer(ResponseEntity.ok(), put.tag(), address);
            case Unchanged() -> answer(ResponseEntity.ok(), put.tag(), address);
            case ConditionFailed(var present) -> throw TagProblems.conditionFailed(present);
            case NoPackage() -> throw packages.missing(project, name);
            case NoArtifact() ->
                throw new ProblemException(
                        ProblemType.ARTIFACT_NOT_FOUND,
                        "There is no artifact " + target.artifactId() + " that you may read.");
            case NoTag(), Deleted() -> throw new IllegalStateException("a tag that is put is not deleted");
        };
    }

    @DeleteMapping("/{tag}")
    ResponseEntity<Void> delete(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName name,
            @PathVariable TagName tag,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var address = new TagAddress(project, name, tag);
        return switch (tagging.delete(address, TagCondition.of(ifMatch, null))) {
            case Deleted() -> ResponseEntity.noContent().build();
            case ConditionFailed(var present) -> throw TagProblems.conditionFailed(present);
            case NoPackage() -> throw packages.missing(project, name);
            case NoTag() -> throw TagProblems.missing(address);
            default -> throw new IllegalStateException("a tag that is deleted points nowhere");
        };
    }

    @GetMapping("/{tag}/history")
    Page<TagChange> history(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName name,
            @PathVariable TagName tag,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        packages.requirePackage(project, name);
        var address = new TagAddress(project, name, tag);
        Page<TagChange> history =
                tags.history(address, PageRequest.of(limit, cursor).keyed(HISTORY_KEY));
        if (history.items().isEmpty() && cursor == null) {
            throw TagProblems.missing(address); // there never was such a tag: a deleted one has a history
        }
        return history;
    }

    private static ResponseEntity<Tag> answer(
            ResponseEntity.BodyBuilder answer, Optional<Tag> found, TagAddress address) {
        Tag tag = found.orElseThrow(() -> TagProblems.missing(address));
        return answer.eTag(tag.artifactId().asEntityTag()).body(tag);
    }

    private static URI location(TagAddress address) {
        return URI.create("/api/v1/project/" + address.project() + "/packages/" + address.packageName() + "/tags/"
                + address.tag());
    }
}
