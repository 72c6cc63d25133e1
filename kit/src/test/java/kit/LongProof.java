package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Runs only with {@code -Plong}, as the build server does: it costs more than it finds each day.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface LongProof {}
