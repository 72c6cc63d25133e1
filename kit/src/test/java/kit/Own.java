package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Only for a step of this tutorial: the check starts and stops the program itself. */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface Own {}
