package dev.sluice.governance.masking;

/// Shows the first character of the mailbox, the first of the domain and the last label of the
/// domain; or, with `keep-domain: true`, the first of the mailbox and the whole domain. Letters and
/// digits of what it masks are never shown by more than half; otherwise, and for what is not an
/// address, the whole text is redacted.
///
/// ```example
/// {algorithm: email}
/// jane.doe@acme.test -> "j***@a***.test"
/// jo@ab.com -> "[redacted]"
/// not an address -> "[redacted]"
/// a@b@c.test -> "[redacted]"
/// ```
/// ```example
/// {algorithm: email, keep-domain: true}
/// jane.doe@acme.test -> "j***@acme.test"
/// j@acme.test -> "[redacted]"
/// ```
final class EmailMask extends TextMask {

  private final boolean keepDomain;

  EmailMask(boolean keepDomain) {
    this.keepDomain = keepDomain;
  }

  @Override
  String maskText(String text) {
    int at = text.indexOf('@');
    int dot = text.lastIndexOf('.');
    if (at < 1 || text.indexOf('@', at + 1) >= 0 || dot < at + 2 || dot == text.length() - 1) {
      return TypedRedaction.TOKEN;
    }
    int mailboxLength = text.codePointCount(0, at);
    int mailboxFirst = text.offsetByCodePoints(0, 1);
    if (keepDomain) {
      return showsMoreThanHalf(1, mailboxLength)
          ? TypedRedaction.TOKEN
          : text.substring(0, mailboxFirst) + "***" + text.substring(at);
    }
    int domainLength = text.codePointCount(at + 1, dot);
    int topLength = text.codePointCount(dot + 1, text.length());
    if (showsMoreThanHalf(2L + topLength, (long) mailboxLength + domainLength + topLength)) {
      return TypedRedaction.TOKEN;
    }
    return new StringBuilder(mailboxFirst + 9 + text.length() - dot)
        .append(text, 0, mailboxFirst)
        .append("***@")
        .append(text, at + 1, text.offsetByCodePoints(at + 1, 1))
        .append("***")
        .append(text, dot, text.length())
        .toString();
  }
}
