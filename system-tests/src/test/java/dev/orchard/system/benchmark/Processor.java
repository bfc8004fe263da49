package dev.orchard.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What processes have used, as Linux counts it. */
final class Processor {
    /** Linux tells times in these to every program, whatever it counts in. */
    private static final double TICKS_A_SECOND = 100;

    private Processor() {}

    /** Seconds of the processor by process, with those of its children, the ended ones too. */
    static Map<String, Double> seconds(Map<String, Long> processes) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        for (var process : processes.entrySet()) {
            double ticks = 0;
            for (long pid : family(process.getValue())) {
                ticks += ticks(pid);
            }
            seconds.put(process.getKey(), ticks / TICKS_A_SECOND);
        }
        return seconds;
    }

    /** The most memory that each has had in MiB, with its children; what they share is counted once. */
    static Map<String, Double> peakMebibytes(Map<String, Long> processes) throws IOException {
        Map<String, Double> peaks = new TreeMap<>();
        for (var process : processes.entrySet()) {
            long own = 0;
            long shared = 0;
            for (long pid : family(process.getValue())) {
                String status = read(pid, "status");
                own += kibibytes(status, "VmHWM") - kibibytes(status, "RssShmem");
                shared = Math.max(shared, kibibytes(status, "RssShmem"));
            }
            peaks.put(process.getKey(), (own + shared) / 1024.0);
        }
        return peaks;
    }

    private static long[] family(long pid) {
        var parent = ProcessHandle.of(pid);
        return Stream.concat(parent.stream(), parent.stream().flatMap(ProcessHandle::descendants))
                .mapToLong(ProcessHandle::pid)
                .toArray();
    }

    private static long ticks(long pid) throws IOException {
        String stat = read(pid, "stat");
        long ticks = 0;
        if (!stat.isEmpty()) {
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            for (int field = 11; field <= 14; field++) { // utime, stime, and both of the children that have ended
                ticks += Long.parseLong(fields[field]);
            }
        }
        return ticks;
    }

    private static long kibibytes(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(long pid, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc/" + pid, file));
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
