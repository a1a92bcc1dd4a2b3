package dev.sluice.proof.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A person at a browser: follows redirects, keeps cookies, and fills in Keycloak's real sign-in
/// form. What it saw last can be asked for.
public final class ScriptedBrowser {

  private static final Pattern FORM =
      Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"");

  /// A page that a browser sends on by itself (response_mode=form_post).
  private static final Pattern ONWARD =
      Pattern.compile(
          "onload=\"[^\"]*submit\\(\\)[\\s\\S]*?<form[^>]*action=\"([^\"]+)\"",
          Pattern.CASE_INSENSITIVE);

  /// The question whether a device that shows a code may go on.
  private static final Pattern CONSENT =
      Pattern.compile("<form[^>]*action=\"([^\"]*/login-actions/consent[^\"]*)\"");

  private static final Pattern HIDDEN =
      Pattern.compile(
          "<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"",
          Pattern.CASE_INSENSITIVE);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  /// Browsers send "secure" cookies over plain http on this machine; Java's own jar does not.
  private final Map<String, String> cookies = new ConcurrentHashMap<>();

  private final String account;
  private final String password;
  private final UnaryOperator<URI> resolver;
  private volatile String lastPage = "";
  private volatile int forms;

  public ScriptedBrowser(String account, String password) {
    this(account, password, address -> address);
  }

  /// @param resolver where an address really is, as a hosts file would say
  public ScriptedBrowser(String account, String password, UnaryOperator<URI> resolver) {
    this.account = account;
    this.password = password;
    this.resolver = resolver;
  }

  /// Visits an address and signs in where a form asks for it. Returns at once.
  public void visit(URI address) {
    Thread.ofVirtual().start(() -> follow(address));
  }

  /// The page that was shown in the end.
  public String lastPage() {
    return lastPage;
  }

  /// How often a password was typed.
  public int forms() {
    return forms;
  }

  private void follow(URI start) {
    try {
      URI here = start;
      HttpResponse<String> answer = get(here);
      for (int step = 0; step < 20; step++) {
        if (answer.statusCode() >= 300 && answer.statusCode() < 400) {
          here = here.resolve(answer.headers().firstValue("Location").orElseThrow());
          answer = get(here);
          continue;
        }
        Matcher onward = ONWARD.matcher(answer.body());
        if (onward.find()) {
          here = here.resolve(text(onward.group(1)));
          answer = post(here, hidden(answer.body()));
          continue;
        }
        Matcher consent = CONSENT.matcher(answer.body());
        if (consent.find()) {
          here = here.resolve(text(consent.group(1)));
          answer = post(here, hidden(answer.body()) + "&accept=Yes");
          continue;
        }
        Matcher form = FORM.matcher(answer.body());
        if (!form.find()) {
          break;
        }
        if (forms > 3) {
          break;
        }
        forms++;
        here = here.resolve(text(form.group(1)));
        answer = post(here, typed());
      }
      lastPage = answer.body();
    } catch (Exception e) {
      lastPage = "The browser failed: " + e;
    }
  }

  private HttpResponse<String> get(URI address) throws Exception {
    return send(address, HttpRequest.newBuilder(resolver.apply(address)));
  }

  private String typed() {
    return "username=" + encoded(account) + "&password=" + encoded(password) + "&credentialId=";
  }

  /// The fields of a page that sends itself on.
  private static String hidden(String page) {
    return HIDDEN
        .matcher(page)
        .results()
        .map(field -> text(field.group(1)) + "=" + encoded(text(field.group(2))))
        .collect(Collectors.joining("&"));
  }

  private static String text(String html) {
    return html.replace("&#43;", "+").replace("&#61;", "=").replace("&amp;", "&");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> post(URI address, String body) throws Exception {
    return send(
        address,
        HttpRequest.newBuilder(resolver.apply(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(URI address, HttpRequest.Builder request) throws Exception {
    String site = address.getHost() + ":" + address.getPort() + "/";
    String known =
        cookies.entrySet().stream()
            .filter(cookie -> cookie.getKey().startsWith(site))
            .map(cookie -> cookie.getKey().substring(site.length()) + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    if (!known.isEmpty()) {
      request.header("Cookie", known);
    }
    HttpResponse<String> answer =
        http.send(
            request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    for (String cookie : answer.headers().allValues("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      int split = pair.indexOf('=');
      String name = site + pair.substring(0, split);
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(name);
      } else {
        cookies.put(name, pair.substring(split + 1));
      }
    }
    return answer;
  }
}
