package dev.orchard.metadata.statistics;

import dev.orchard.support.naming.ProjectName;
import org.springframework.stereotype.Service;

/** Adds up what is stored. */
@Service
class StatisticsService {
    private final PostgresStatisticsStore store;

    StatisticsService(PostgresStatisticsStore store) {
        this.store = store;
    }

    /** Of everything, the artifacts of deleted packages included as long as they are stored. */
    Statistics all() {
        return store.read(null);
    }

    /** Of a project: its recorded uploads, and the artifacts that can be reached in it. */
    Statistics of(ProjectName project) {
        return store.read(project);
    }
}
