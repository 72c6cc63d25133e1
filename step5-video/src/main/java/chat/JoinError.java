package chat;

/** Why a newcomer may not join. */
enum JoinError {
  BAD_NAME(4001, "A name has 1 to 32 characters, and no invisible ones."),
  NAME_TAKEN(4002, "Somebody with this name is here already.");

  final int code; // a close code that applications may choose (RFC 6455, 7.4.2)
  final String reason;

  JoinError(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }
}
