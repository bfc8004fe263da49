package dev.orchard.metadata.project;

import dev.orchard.metadata.artifact.ArtifactService;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Creates, lists and deletes projects. */
@Service
public class ProjectService {
    private final PostgresProjectStore store;
    private final ArtifactService artifacts;
    private final Transactions transactions;

    ProjectService(PostgresProjectStore store, ArtifactService artifacts, Transactions transactions) {
        this.store = store;
        this.artifacts = artifacts;
        this.transactions = transactions;
    }

    /** The created project; empty if its name is taken. */
    Optional<ProjectDetails> create(NewProject project) {
        return transactions.write(() -> store.insert(project) ? store.find(project.name()) : Optional.empty());
    }

    /** The projects whose names contain {@code part}, by name. */
    Page<Project> list(String part, PageRequest page) {
        return Page.of(store.list(part, page), page, project -> project.name().value());
    }

    public Optional<ProjectDetails> find(ProjectName name) {
        return store.find(name);
    }

    public boolean exists(ProjectName name) {
        return store.exists(name);
    }

    /** Deletes a project with its packages and tags; empty if there is none. */
    Optional<ProjectDeletion> delete(ProjectName name) {
        return transactions.write(() -> {
            if (!store.lock(name)) {
                return Optional.empty();
            }
            int packages = store.lockPackages(name);
            var references = artifacts.referencedFrom(name, null);
            store.delete(name);
            return Optional.of(new ProjectDeletion(
                    packages, references.tags(), artifacts.countUnreferenced(references.artifacts())));
        });
    }
}
