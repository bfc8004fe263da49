package dev.orchard.metadata.packages;

import dev.orchard.metadata.artifact.ArtifactService;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.packages.CreateOutcome.Created;
import dev.orchard.metadata.packages.CreateOutcome.NameTaken;
import dev.orchard.metadata.packages.CreateOutcome.NoProject;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Creates, lists and deletes packages. */
@Service
public class PackageService {
    private final PostgresPackageStore store;
    private final ArtifactService artifacts;
    private final Transactions transactions;

    PackageService(PostgresPackageStore store, ArtifactService artifacts, Transactions transactions) {
        this.store = store;
        this.artifacts = artifacts;
        this.transactions = transactions;
    }

    CreateOutcome create(ProjectName project, NewPackage created) {
        return transactions.write(() -> {
            if (!store.lockProject(project)) {
                return new NoProject();
            }
            return store.insert(project, created)
                    ? store.find(project, created.name())
                            .<CreateOutcome>map(Created::new)
                            .orElseGet(NoProject::new)
                    : new NameTaken();
        });
    }

    /** The packages of a project whose names contain {@code part}, by name. */
    Page<Package> list(ProjectName project, String part, PageRequest page) {
        return Page.of(store.list(project, part, page), page, row -> row.name().value());
    }

    Optional<PackageDetails> find(ProjectName project, PackageName name) {
        return store.find(project, name);
    }

    public boolean exists(ProjectName project, PackageName name) {
        return store.exists(project, name);
    }

    /** Keeps a package from being deleted until the transaction ends; false if there is none. */
    public boolean hold(ProjectName project, PackageName name) {
        return store.lockShared(project, name);
    }

    /** Deletes a package with its tags; empty if there is none. */
    Optional<PackageDeletion> delete(ProjectName project, PackageName name) {
        return transactions.write(() -> {
            if (!store.lock(project, name)) {
                return Optional.empty();
            }
            var references = artifacts.referencedFrom(project, name);
            store.delete(project, name);
            return Optional.of(
                    new PackageDeletion(references.tags(), artifacts.countUnreferenced(references.artifacts())));
        });
    }
}
