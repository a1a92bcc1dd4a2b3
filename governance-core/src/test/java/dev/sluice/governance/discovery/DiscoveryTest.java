package dev.sluice.governance.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.Masks;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

  private static final List<String> EMAILS =
      IntStream.range(0, 20).mapToObj(i -> "person" + i + "@example.test").toList();
  private static final List<String> WORDS =
      IntStream.range(0, 20).mapToObj(i -> "word " + i).toList();
  private static final List<String> CARDS =
      List.of(
          "4111111111111111",
          "5500-0000-0000-0004",
          "340000000000009",
          "4012 8888 8888 1881",
          "6011000000000004");
  private static final List<String> IBANS =
      List.of(
          "DE89370400440532013000",
          "GB82 WEST 1234 5698 7654 32",
          "FR1420041010050500013M02606",
          "NL91ABNA0417164300",
          "CH9300762011623852957");

  private static Optional<Proposal> propose(
      String name, String type, String comment, List<String> values) {
    CatalogSnapshot catalog =
        CatalogSnapshot.of(
            List.of("public"),
            List.of(
                Relation.table(
                    new TableRef("public", "t"),
                    List.of(new CatalogColumn(name, type, true, comment)))),
            List.of());
    return Discovery.propose(catalog, column -> values).stream().findFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "email, text, pii.email",
    "customerEMail, varchar(80), pii.email",
    "E_MAIL_ADDRESS, text, pii.email",
    "ssn, varchar(11), pii.national-id",
    "national_id, text, pii.national-id",
    "mobile_phone, text, pii.phone",
    "dateOfBirth, date, pii.birth-date",
    "birth_date, date, pii.birth-date",
    "card_number, varchar(19), finance.card",
    "iban, text, finance.iban",
    "base_salary, numeric(12), hr.salary",
    "password_hash, text, secret.credential",
    "last_name, text, pii.name",
    "ip_address, inet, pii.ip-address"
  })
  void plainNamesAreProposedWithConfidence(String name, String type, String tag) {
    Proposal proposal = propose(name, type, "", List.of()).orElseThrow();
    assertThat(proposal.tag()).isEqualTo(tag);
    assertThat(proposal.confident()).isTrue();
    assertThat(Masks.problems(proposal.mask())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mission",
        "emailed",
        "company",
        "span",
        "status",
        "sku",
        "birthplace_visits",
        "cardinality",
        "email_verified",
        "has_phone",
        "passes",
        "wagering",
        "title",
        "quantity"
      })
  void partsOfWordsAndRemarksAboutDataAreNotProposedWithConfidence(String name) {
    assertThat(propose(name, "text", "", List.of()).filter(Proposal::confident)).isEmpty();
  }

  @Test
  void valuesCountWhateverTheNameSays() {
    assertThat(propose("c7", "text", "", EMAILS).orElseThrow().tag()).isEqualTo("pii.email");
    assertThat(propose("c7", "text", "", CARDS).orElseThrow().tag()).isEqualTo("finance.card");
    assertThat(propose("c7", "text", "", IBANS).orElseThrow().tag()).isEqualTo("finance.iban");
    assertThat(propose("c7", "text", "", EMAILS).orElseThrow().confident()).isTrue();
  }

  @Test
  void valuesThatContradictTheNameTakeTheConfidence() {
    assertThat(propose("email", "text", "", WORDS)).isEmpty();
    assertThat(propose("email", "integer", "", List.of())).isEmpty();
  }

  @Test
  void aCommentIsEvidence() {
    assertThat(propose("c7", "text", "e-mail of the customer", List.of()).orElseThrow().tag())
        .isEqualTo("pii.email");
  }

  @Test
  void freeTextWithPersonalDataInItIsProposed() {
    List<String> texts =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    i % 4 == 0
                        ? "Please call me back or write to ada" + i + "@example.test. Thanks"
                        : "The parcel number " + i + " has not arrived yet, where is it?")
            .toList();
    Proposal proposal = propose("body", "text", "", texts).orElseThrow();
    assertThat(proposal.tag()).isEqualTo("pii.free-text");
    assertThat(proposal.confident()).isTrue();
    assertThat(proposal.reasons().getFirst())
        .isEqualTo("Personal data stands in 25 % of 20 sampled texts.");
  }

  @Test
  void reasonsNeverHoldAValue() {
    for (List<String> values : List.of(EMAILS, CARDS, IBANS)) {
      Proposal proposal = propose("email", "text", "", values).orElseThrow();
      for (String value : values) {
        assertThat(String.join(" ", proposal.reasons())).doesNotContain(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "123-45-6789, true",
    "AB 12 34 56 C, true",
    "RSSMRA85T10A562S, true",
    "12345678Z, true",
    "12345678A, false",
    "529.982.247-25, true",
    "529.982.247-26, false",
    "811228-9874, true",
    "811228-9875, false",
    "86095742719, true",
    "86095742718, false",
    "12345678901, false",
    "2026-01-31, false",
    "0171-1234567, false"
  })
  void identityNumbersAreCheckedByTheirOwnRules(String value, boolean valid) {
    assertThat(NationalIds.isOne(value)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "+49 171 1234567, true",
    "(030) 901820, true",
    "01711234567, true",
    "1234567, false",
    "2026-01-31, false",
    "word, false"
  })
  void telephoneNumbersAreRecognised(String value, boolean valid) {
    assertThat(Validators.isPhone(value)).isEqualTo(valid);
  }

  @Test
  void viewsAreNotProposed() {
    CatalogSnapshot catalog =
        CatalogSnapshot.of(
            List.of("public"),
            List.of(
                Relation.view(
                    new TableRef("public", "v"),
                    List.of(CatalogColumn.named("email")),
                    "SELECT email FROM t")),
            List.of());
    assertThat(Discovery.propose(catalog, ColumnSamples.none())).isEmpty();
  }

  @Test
  void proposalsAreWrittenAsPolicy() {
    List<Proposal> proposals =
        List.of(
            propose("ssn", "text", "", List.of()).orElseThrow(),
            propose("e mail", "text", "", List.of()).orElseThrow());
    assertThat(ProposedPolicy.yaml(proposals))
        .isEqualTo(
            """
            classifications:
              - tag: pii.email
                columns:
                  - 'public.t."e mail"' # 85 %: Its name says e-mail addresses.
              - tag: pii.national-id
                columns:
                  - 'public.t.ssn' # 85 %: Its name says identity numbers of persons.
            masks:
              pii.email: {algorithm: email, uses: deny}
              pii.national-id: {algorithm: keep-last, count: 4, uses: deny}
            """);
  }
}
