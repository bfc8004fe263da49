package dev.orchard.metadata.database;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text that PostgreSQL can hold: any but one with the character U+0000. */
@Pattern(regexp = "[^\\x00]*")
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Storable {
    String message() default "must not hold the character U+0000";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
