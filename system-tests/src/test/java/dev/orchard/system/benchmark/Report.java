package dev.orchard.system.benchmark;

import dev.orchard.system.RunningOrchard;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The tables of one run, in Markdown. */
final class Report {
    private static final String ORCHARD = "Orchard";
    private static final String REGISTRY = "docker-registry";
    private static final String NGINX = "nginx";
    private static final List<String> STORES = List.of(ORCHARD, REGISTRY, NGINX);

    private final Map<Workload, Map<String, List<Round>>> rounds = new EnumMap<>(Workload.class);
    private final Map<String, Map<String, Double>> peaks = new LinkedHashMap<>();

    void add(String store, Round round) {
        rounds.computeIfAbsent(round.workload(), workload -> new TreeMap<>())
                .computeIfAbsent(store, name -> new ArrayList<>())
                .add(round);
    }

    void addPeak(String store, Map<String, Double> mebibytes) {
        peaks.put(store, mebibytes);
    }

    String tables() {
        return speed() + "\n" + processor() + "\n" + split() + "\n" + memory();
    }

    private String speed() {
        var table = new StringBuilder("""
                | workload | a second | Orchard | docker-registry | nginx | × registry | aim | × nginx |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        rounds.keySet().forEach(workload -> {
            ToDoubleFunction<Round> figure = workload.isBulk() ? Round::mebibytesASecond : Round::operationsASecond;
            double orchard = median(workload, ORCHARD, figure);
            row(
                    table,
                    workload.label(),
                    workload.isBulk() ? "MiB" : "operations",
                    whole(orchard),
                    whole(median(workload, REGISTRY, figure)),
                    whole(median(workload, NGINX, figure)),
                    ratio(orchard / median(workload, REGISTRY, figure)),
                    ratio(workload.aim()),
                    ratio(orchard / median(workload, NGINX, figure)));
        });
        return table.toString();
    }

    private String processor() {
        var table = new StringBuilder("""
                | CPU, ms | for | Orchard | docker-registry | nginx | the client at Orchard |
                | --- | --- | ---: | ---: | ---: | ---: |
                """);
        rounds.keySet().forEach(workload -> {
            row(table, workload, "an operation", Round::processorMillisAnOperation);
            row(table, workload, "a MiB", Round::processorMillisAMebibyte);
        });
        return table.toString();
    }

    private void row(StringBuilder table, Workload workload, String unit, ToDoubleFunction<Round> figure) {
        boolean whole = unit.equals("an operation");
        if (whole || workload.bytes() != 1 << 20) {
            row(
                    table,
                    whole ? workload.label() : "",
                    unit,
                    fine(median(workload, ORCHARD, figure)),
                    fine(median(workload, REGISTRY, figure)),
                    fine(median(workload, NGINX, figure)),
                    whole ? fine(median(workload, ORCHARD, Round::clientMillisAnOperation)) : "");
        }
    }

    private String split() {
        var table = new StringBuilder("| Orchard's CPU, ms an operation | "
                + String.join(" | ", RunningOrchard.PROCESSES) + " |\n| ---"
                + " | ---:".repeat(RunningOrchard.PROCESSES.size()) + " |\n");
        rounds.keySet().forEach(workload -> {
            List<String> cells = new ArrayList<>(List.of(workload.label()));
            RunningOrchard.PROCESSES.forEach(process ->
                    cells.add(fine(median(workload, ORCHARD, round -> round.processorMillisAnOperation(process)))));
            row(table, cells.toArray(String[]::new));
        });
        return table.toString();
    }

    private String memory() {
        var text = new StringBuilder("Most memory that each process had in the run (resident, MiB): ");
        List<String> stores = new ArrayList<>();
        peaks.forEach((store, processes) -> {
            double all = processes.values().stream().mapToDouble(each -> each).sum();
            List<String> each = new ArrayList<>();
            processes.forEach((process, mebibytes) -> each.add(process + " " + whole(mebibytes)));
            stores.add(store + " " + whole(all) + (each.size() > 1 ? " (" + String.join(", ", each) + ")" : ""));
        });
        return text.append(String.join("; ", stores)).append(".\n").toString();
    }

    private double median(Workload workload, String store, ToDoubleFunction<Round> figure) {
        return Round.median(rounds.get(workload).getOrDefault(store, List.of()), figure);
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** What is missing is seen to be. */
    String missing() {
        return String.join(
                ", ", STORES.stream().filter(store -> !peaks.containsKey(store)).toList());
    }

    private static String whole(double figure) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, "%,.0f", figure);
    }

    private static String ratio(double figure) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, "%.1f", figure);
    }

    private static String fine(double figure) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, figure < 10 ? "%.3f" : "%.0f", figure);
    }
}
