package dev.orchard.gateway.upload;

import dev.orchard.gateway.GatewaySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Asks again what may be asked again, so that a restart behind the gateway costs time only. */
@Component
public class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Duration patience;

    /**
     * What was answered at last.
     *
     * @param isFirst whether it was asked once only; else an earlier question may have had an effect, or have it yet
     */
    public record Answered<T>(T outcome, boolean isFirst) {}

    Patience(GatewaySettings settings) {
        this.patience = settings.completePatience();
    }

    /** The first outcome that is settled, or the last one that was not. */
    public <T> Answered<T> ask(Supplier<T> question, Predicate<T> unsettled) {
        var deadline = Instant.now().plus(patience);
        var pause = FIRST_PAUSE;
        var outcome = question.get();
        boolean first = true;
        while (unsettled.test(outcome) && Instant.now().isBefore(deadline) && rest(pause)) {
            outcome = question.get();
            first = false;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return new Answered<>(outcome, first);
    }

    private static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
