package dev.sluice.governance.discovery;

import dev.sluice.governance.discovery.Detector.Proof;
import dev.sluice.governance.masking.MaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kinds of data that are looked for.
final class Detectors {

  private static final Set<ValueKind> TEXT = Set.of(ValueKind.TEXT);
  private static final Set<ValueKind> TEXT_OR_NUMBER = Set.of(ValueKind.TEXT, ValueKind.NUMBER);

  private Detectors() {}

  static List<Detector> all() {
    return List.of(
        new Detector(
            "pii.email",
            "e-mail addresses",
            MaskSpec.of("email"),
            Set.of("email", "emailaddress", "mailaddress", "epost", "courriel"),
            Set.of("mail", "contact", "recipient"),
            TEXT,
            Optional.of(Validators::isEmail),
            Proof.STRONG),
        new Detector(
            "finance.card",
            "payment card numbers",
            MaskSpec.of("card"),
            Set.of(
                "cardnumber",
                "cardno",
                "creditcard",
                "ccnumber",
                "kreditkarte",
                "primaryaccountnumber"),
            Set.of("pan", "card", "cc"),
            TEXT_OR_NUMBER,
            Optional.of(Validators::isCard),
            Proof.STRONG),
        new Detector(
            "finance.iban",
            "bank accounts",
            MaskSpec.of("iban"),
            Set.of("iban", "bankaccount", "accountnumber", "kontonummer"),
            Set.of("bban", "konto"),
            TEXT,
            Optional.of(Validators::isIban),
            Proof.STRONG),
        new Detector(
            "pii.national-id",
            "identity numbers of persons",
            new MaskSpec("keep-last", Map.of("count", 4L)),
            Set.of(
                "ssn",
                "socialsecurity",
                "nationalid",
                "nino",
                "taxid",
                "taxnumber",
                "steuerid",
                "passport",
                "passportnumber",
                "personnummer",
                "cpf",
                "dni",
                "codicefiscale",
                "nir",
                "driverlicense",
                "idnumber"),
            Set.of("identity", "tin", "licensenumber"),
            TEXT_OR_NUMBER,
            Optional.of(NationalIds::isOne),
            Proof.STRONG),
        new Detector(
            "pii.phone",
            "telephone numbers",
            MaskSpec.of("phone"),
            Set.of(
                "phone",
                "telephone",
                "mobile",
                "cellphone",
                "telefon",
                "handy",
                "phonenumber",
                "msisdn"),
            Set.of("fax", "tel", "cell"),
            TEXT_OR_NUMBER,
            Optional.of(Validators::isPhone),
            Proof.WEAK),
        new Detector(
            "pii.birth-date",
            "dates of birth",
            MaskSpec.of("date-to-year"),
            Set.of("birthdate", "birthday", "dateofbirth", "dob", "geburtsdatum", "birth"),
            Set.of("born", "bday"),
            Set.of(ValueKind.DATE, ValueKind.TEXT),
            Optional.of(Validators::isDate),
            Proof.WEAK),
        new Detector(
            "pii.ip-address",
            "IP addresses",
            MaskSpec.of("ip-prefix"),
            Set.of("ipaddress", "ipaddr", "clientip", "remoteip", "remoteaddr"),
            Set.of("ip"),
            TEXT,
            Optional.of(Validators::isIpAddress),
            Proof.STRONG),
        new Detector(
            "hr.salary",
            "salaries",
            MaskSpec.of("nullify"),
            Set.of("salary", "wage", "compensation", "gehalt", "lohn", "salaire"),
            Set.of("bonus", "pay", "income"),
            TEXT_OR_NUMBER,
            Optional.empty(),
            Proof.WEAK),
        new Detector(
            "secret.credential",
            "passwords and keys",
            MaskSpec.redact(),
            Set.of(
                "password",
                "passwd",
                "pwd",
                "passphrase",
                "passwordhash",
                "apikey",
                "secretkey",
                "privatekey",
                "accesstoken",
                "refreshtoken",
                "clientsecret",
                "otp",
                "pincode"),
            Set.of("secret", "token", "salt", "pin", "cvv", "cvc"),
            Set.of(ValueKind.TEXT, ValueKind.NUMBER, ValueKind.OTHER),
            Optional.empty(),
            Proof.WEAK),
        new Detector(
            "pii.name",
            "names of persons",
            MaskSpec.redact(),
            Set.of(
                "firstname",
                "lastname",
                "surname",
                "fullname",
                "givenname",
                "familyname",
                "maidenname",
                "vorname",
                "nachname"),
            Set.of("customername", "employeename", "contactname", "personname", "patient"),
            TEXT,
            Optional.empty(),
            Proof.WEAK),
        new Detector(
            "pii.address",
            "postal addresses",
            MaskSpec.redact(),
            Set.of(
                "street",
                "streetaddress",
                "homeaddress",
                "addressline",
                "strasse",
                "postaladdress"),
            Set.of("address", "anschrift", "adresse", "latitude", "longitude"),
            TEXT,
            Optional.empty(),
            Proof.WEAK));
  }
}
