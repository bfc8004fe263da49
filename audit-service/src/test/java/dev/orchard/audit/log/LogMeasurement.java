package dev.orchard.audit.log;

import org.junit.jupiter.api.Test;

/** Measures, and asserts nothing: how many leaves a second come under checkpoints, and what a checkpoint costs. */
class LogMeasurement {
    private static final int LEAVES = 100_000;
    private static final int CHECKPOINTS = 200;

    /** So that an entry is as long as a usual event. */
    private static final String USUAL = "dev.orchard.tag.created.v1";

    @Test
    void tellsLeavesASecond() throws Exception {
        try (var stage = new LogStage();
                var service = stage.start()) {
            var signing = service.getBean(SigningService.class);
            stage.append(USUAL, 2_000, 800);
            LogStage.signAll(signing);
            stage.append(USUAL, LEAVES, 800);
            tell("leaves a second, a backlog of " + LEAVES, LEAVES / seconds(() -> LogStage.signAll(signing)));
            tell("one checkpoint over 25 records, ms", checkpoints(stage, signing) * 1000 / CHECKPOINTS);
            tell("a proof, ms", proofs(stage, service.getBean(ProofService.class)) * 1000 / CHECKPOINTS);
        }
    }

    private static double checkpoints(LogStage stage, SigningService signing) {
        double spent = 0;
        for (int i = 0; i < CHECKPOINTS; i++) {
            stage.append(USUAL, 25, 800);
            spent += seconds(() -> LogStage.signAll(signing));
        }
        return spent;
    }

    private static double proofs(LogStage stage, ProofService proofs) {
        double spent = 0;
        for (int i = 0; i < CHECKPOINTS; i++) {
            var id = stage.eventAt(1 + i * (LEAVES / CHECKPOINTS));
            spent += seconds(() -> proofs.prove(id));
        }
        return spent;
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void tell(String what, double figure) {
        System.out.printf("measured: %s: %.1f%n", what, figure);
    }
}
