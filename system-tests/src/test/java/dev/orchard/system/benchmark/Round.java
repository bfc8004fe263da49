package dev.orchard.system.benchmark;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one store did of one workload while the clock ran.
 *
 * @param processorSeconds by process
 * @param clientSeconds what the client itself took of the processor
 */
record Round(
        Workload workload,
        long operations,
        double seconds,
        Map<String, Double> processorSeconds,
        double clientSeconds) {
    double operationsASecond() {
        return operations / seconds;
    }

    double mebibytesASecond() {
        return operationsASecond() * workload.bytes() / (1 << 20);
    }

    double processorMillisAnOperation() {
        return processorSeconds.values().stream().mapToDouble(each -> each).sum() * 1000 / operations;
    }

    double processorMillisAnOperation(String process) {
        return processorSeconds.getOrDefault(process, 0.0) * 1000 / operations;
    }

    double processorMillisAMebibyte() {
        return processorMillisAnOperation() * (1 << 20) / workload.bytes();
    }

    double clientMillisAnOperation() {
        return clientSeconds * 1000 / operations;
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length == 0 ? Double.NaN : (sorted[half] + sorted[sorted.length - 1 - half]) / 2;
    }
}
