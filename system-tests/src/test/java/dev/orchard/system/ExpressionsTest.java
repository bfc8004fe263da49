package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionsTest {
    @Test
    void askForMetricsAndNotForLabelsFunctionsOrWords() {
        assertThat(Expressions.metrics("""
                        histogram_quantile(0.99, sum by (le, way) (rate(a_seconds_bucket{b="c",d=~"e|f"}[$__rate_interval])))
                        / sum(rate(g_total[5m])) > 0.05 or max(h) == 0 and on (i) absent(j_1)
                        """)).containsExactly("a_seconds_bucket", "g_total", "h", "j_1");
    }
}
