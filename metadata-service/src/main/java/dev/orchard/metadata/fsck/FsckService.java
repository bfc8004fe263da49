package dev.orchard.metadata.fsck;

import dev.orchard.support.context.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Runs checks of the whole, one at a time among all replicas, each on a thread of its own. */
@Service
class FsckService {
    private static final Logger log = LoggerFactory.getLogger(FsckService.class);

    private final PostgresFsckStore store;
    private final Fsck fsck;
    private final FsckSettings settings;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();

    FsckService(PostgresFsckStore store, Fsck fsck, FsckSettings settings) {
        this.store = store;
        this.fsck = fsck;
        this.settings = settings;
    }

    /** Begins a check; empty if one is running. */
    Optional<FsckJob> begin(FsckRequest request) {
        store.failDead(settings.deadAfter());
        var begun = store.begin(request);
        var context = RequestContext.current();
        begun.ifPresent(job -> Thread.ofVirtual().name("fsck").start(() -> context.run(() -> run(job, request))));
        return begun.flatMap(store::find);
    }

    Optional<FsckJob> find(UUID job) {
        return store.find(job);
    }

    List<FsckJob> list() {
        return store.list();
    }

    /** Ends a check before its end; what it has found stays. */
    void cancel(UUID job) {
        store.end(job, "cancelled");
    }

    /** The jobs of this process live, however long one blob takes; those of a process that is gone do not. */
    @Scheduled(fixedDelayString = "PT20S")
    void tellWhichLive() {
        running.forEach(store::live);
        store.failDead(settings.deadAfter());
    }

    private void run(UUID job, FsckRequest request) {
        String status = "failed";
        running.add(job);
        try {
            if (fsck.run(job, request)) {
                status = "completed";
            }
        } catch (RuntimeException e) {
            log.error("fsck {} broke off", job, e);
        } finally {
            running.remove(job);
            store.end(job, status);
        }
    }
}
