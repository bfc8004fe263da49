package dev.orchard.system;

import static java.util.stream.Collectors.toCollection;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What PromQL expressions ask for. */
final class Expressions {
    private static final Pattern NO_METRIC =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern METRIC = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "by", "without");

    private Expressions() {}

    /** The names of the metrics: what is neither a function, a label nor a word of the language. */
    static Set<String> metrics(String expression) {
        String bare = NO_METRIC.matcher(expression).replaceAll(" ");
        return METRIC.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(toCollection(TreeSet::new));
    }
}
