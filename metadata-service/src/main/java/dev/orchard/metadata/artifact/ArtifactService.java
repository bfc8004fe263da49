package dev.orchard.metadata.artifact;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads artifacts, and holds them within a transaction of the caller's. */
@Service
public class ArtifactService {
    static final int MAX_REFERENCES = 1000;

    private final PostgresArtifactStore store;

    ArtifactService(PostgresArtifactStore store) {
        this.store = store;
    }

    Optional<ArtifactDetails> details(Sha256 id) {
        return store.find(id).map(artifact -> new ArtifactDetails(artifact, store.references(id, MAX_REFERENCES)));
    }

    /** The artifacts that can be reached in a package, by digest: tagged there now, or once uploaded there. */
    public Page<Artifact> list(ProjectName project, PackageName packageName, PageRequest page) {
        return Page.of(
                store.list(project, packageName, page),
                page,
                artifact -> artifact.artifactId().hex());
    }

    /** Keeps an artifact from being collected until the transaction ends; false if there is none. */
    public boolean hold(Sha256 id) {
        return store.lockShared(id);
    }

    /** What the tags of a project, or of one of its packages, point at. */
    public ReferencedArtifacts referencedFrom(ProjectName project, @Nullable PackageName packageName) {
        return store.referencedFrom(project, packageName);
    }

    /** How many of these nothing refers to. */
    public long countUnreferenced(Collection<Sha256> ids) {
        return store.countUnreferenced(ids);
    }
}
