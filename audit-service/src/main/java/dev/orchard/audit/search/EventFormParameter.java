package dev.orchard.audit.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads the form from {@code Accept} (RFC 9110), what is wanted most first. One route for each form would not do: of
 * several that fit, Spring takes the most specific one before the one that is wanted most.
 */
final class EventFormParameter implements HandlerMethodArgumentResolver {
    private final ContentNegotiationStrategy accept = new HeaderContentNegotiationStrategy();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(EventForm.class);
    }

    @Override
    public EventForm resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws HttpMediaTypeNotAcceptableException {
        var forms = List.of(EventForm.values());
        return accept.resolveMediaTypes(request).stream()
                .flatMap(range -> forms.stream().filter(form -> form.isIn(range)))
                .findFirst()
                .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(
                        forms.stream().map(EventForm::type).toList()));
    }
}
