package dev.orchard.parts;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips, with the reason, what was asked to run in containers where it cannot. */
public final class EngineCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Provider.chosen() == Provider.EMBEDDED) {
            return ConditionEvaluationResult.enabled("the parts are embedded");
        }
        return Engine.missing()
                .map(reason -> skipped(context, "no parts in containers: " + reason))
                .orElseGet(() -> ConditionEvaluationResult.enabled("the parts are in containers"));
    }

    /** Maven does not tell why something was skipped. */
    private static ConditionEvaluationResult skipped(ExtensionContext context, String reason) {
        System.out.println("skipped: " + context.getDisplayName() + ", " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
