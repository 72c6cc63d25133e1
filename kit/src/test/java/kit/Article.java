package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** What the article itself says; all other checks are what the book adds. */
@Target(METHOD)
@Retention(RUNTIME)
public @interface Article {}
