/**
 * What stands behind the lesson: the same files, byte for byte, in every step. You can follow each
 * lesson without reading them.
 *
 * <ul>
 *   <li>{@link plumbing.SafeWebSocketServer} is the library's {@code WebSocketServer}, made safe:
 *       it has the same callbacks and methods, and adds limits, one order of messages, and a check
 *       of who may connect.
 *   <li>{@link plumbing.PageServer} serves the page's files over HTTP.
 *   <li>{@link plumbing.Host} knows the addresses of this machine.
 * </ul>
 *
 * <p>Nothing here knows anything about the package {@code chat}.
 */
package plumbing;
