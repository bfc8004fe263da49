package dev.orchard.metadata.content;

import dev.orchard.metadata.database.Transactions;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds what can be downloaded, and records what could not be. */
@Service
class ContentService {
    private final PostgresContentStore store;
    private final Transactions transactions;

    ContentService(PostgresContentStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    Optional<Content> find(ProjectName project, PackageName packageName, TagName tag) {
        return store.find(project, packageName, tag);
    }

    /** A digest alone grants nothing: the artifact must be tagged in this package, or have been uploaded to it. */
    Optional<Content> find(ProjectName project, PackageName packageName, Sha256 digest) {
        return store.find(project, packageName, digest);
    }

    /** Records an event: a blob is missing or short. */
    void report(UnavailableBlob blob) {
        transactions.write(() -> {
            store.report(blob);
            return blob;
        });
    }
}
