package dev.orchard.standalone;

import dev.orchard.infrastructure.process.Interruption;
import dev.orchard.infrastructure.process.Part;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Starts all parts, each as soon as those that it needs are healthy, and stops them in the opposite order. */
final class Supervisor {
    private final List<Member> members;
    private final Map<Part, Keeper> keepers = new LinkedHashMap<>();
    private final StateFile state;

    Supervisor(List<Member> members, Console console, StateFile state, Keeper.Patience patience) {
        this.members = members;
        this.state = state;
        for (Member member : members) {
            keepers.put(member.part(), new Keeper(member.part(), console, state, patience));
        }
    }

    /** Returns when all are healthy; fails as soon as one of them is given up. */
    void start() throws StartException {
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        for (Member member : members) {
            Keeper keeper = keeper(member.part());
            var _ = keeper.firstHealth().exceptionally(failure -> {
                outcome.completeExceptionally(failure);
                return null;
            });
            var _ = allHealthy(member.needs())
                    .thenRun(() -> Thread.ofVirtual().name(member.name()).start(keeper::run));
        }
        var _ = allHealthy(members.stream().map(Member::part).toList()).thenRun(() -> outcome.complete(null));
        await(outcome);
    }

    private CompletableFuture<@Nullable Void> allHealthy(List<Part> parts) {
        return CompletableFuture.allOf(
                parts.stream().map(part -> keeper(part).firstHealth()).toArray(CompletableFuture[]::new));
    }

    private static void await(CompletableFuture<?> outcome) throws StartException {
        try {
            outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartException failure ? failure : new StartException(e.toString());
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    /** Layer by layer, the highest first; none is started again meanwhile. Returns when all are gone. */
    synchronized void stop() {
        keepers.values().forEach(Keeper::forbidRestart);
        members.stream()
                .map(Member::layer)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(this::stopLayer);
        state.delete();
    }

    private void stopLayer(int layer) {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            members.stream()
                    .filter(member -> member.layer() == layer)
                    .forEach(member -> together.execute(keeper(member.part())::stop));
        }
    }

    private Keeper keeper(Part part) {
        return Objects.requireNonNull(keepers.get(part));
    }
}
