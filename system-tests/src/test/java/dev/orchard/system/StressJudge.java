package dev.orchard.system;

import dev.orchard.system.OrchardClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Judges what clients are answered under stress. Server errors and broken connections are excused while something is
 * killed, and by nothing else; that content is known but cannot be read is never excused.
 */
final class StressJudge {
    /** Connections that broke are noticed one by one, also when what was killed is back. */
    private static final long STRAGGLERS = Duration.ofSeconds(5).toNanos();

    private static final int MOST = 20;

    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final LongAdder successes = new LongAdder();
    private volatile boolean outage;
    private volatile long outageEnded = System.nanoTime() - 2 * STRAGGLERS;

    /** A request. */
    interface Call {
        Answer send() throws IOException, InterruptedException;
    }

    void outageBegins() {
        outage = true;
    }

    void outageEnds() {
        outageEnded = System.nanoTime();
        outage = false;
    }

    /** The answer, if it is one of those that were expected, or says that the upload took longer than it may here. */
    Optional<Answer> ask(String what, Set<Integer> expected, Call call) throws InterruptedException {
        boolean excused = outage;
        long begun = System.nanoTime();
        try {
            Answer answer = call.send();
            count(what + " " + answer.status());
            String type = Problems.type(answer);
            if (expected.contains(answer.status()) || type.equals("upload-expired")) {
                successes.increment();
                return Optional.of(answer);
            }
            if (type.equals("blob-unavailable") || !(excused || isExcused(begun))) {
                violation(what + " was answered " + answer.status() + " " + answer.text());
            }
        } catch (IOException e) {
            count(what + " broke off");
            if (!excused && !isExcused(begun)) {
                violation(what + ": " + e);
            }
        }
        return Optional.empty();
    }

    void violation(String violation) {
        if (violations.size() < MOST) {
            System.out.println("violation: " + violation);
            violations.add(violation);
        }
    }

    /** Whether what began then may have met a kill. */
    boolean isExcused(long begun) {
        return outage || begun - outageEnded < STRAGGLERS;
    }

    List<String> violations() {
        return violations;
    }

    long successes() {
        return successes.sum();
    }

    @Override
    public String toString() {
        return answers.toString();
    }

    private void count(String what) {
        answers.computeIfAbsent(what, key -> new LongAdder()).increment();
    }
}
