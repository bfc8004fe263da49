package dev.orchard.audit.search;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the filter from a request's query, the same for every route that takes one. */
final class EventFilterParameter implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(EventFilter.class);
    }

    @Override
    public EventFilter resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new EventFilter(
                find(request, "project", ProjectName::of),
                find(request, "package", PackageName::of),
                find(request, "tag", TagName::of),
                find(request, "artifact", Sha256::of),
                request.getParameter("type"),
                request.getParameter("actor"),
                request.getParameter("request_id"),
                find(request, "from", text -> time("from", text)),
                find(request, "to", text -> time("to", text)));
    }

    private static <T> @Nullable T find(NativeWebRequest request, String name, Function<String, T> type) {
        String text = request.getParameter(name);
        return text == null ? null : type.apply(text);
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException(name, "must be a time as RFC 3339 writes it");
        }
    }
}
