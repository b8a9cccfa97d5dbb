#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often a few words are taken for another character set: the figures of docs/charset.md.

usage: charset_words.py [-v]
Draws words of each language, with and without quotation marks, encodes them in each of its sets, and asks the weights
of libmt940/text/gen_charset.py; an answer that reads the same is right. -v shows what is read wrongly.
"""
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "libmt940" / "text"))
import gen_charset  # noqa: E402

WORDS = {
    "Turkish":
        "GÖNDEREN ŞÜKRÜ ÇAĞLAYAN İNŞAAT ÖDEME ŞUBE ÇEK İADE FATURASI ÜCRETİ BORÇ TAHSİLAT ALIŞVERİŞ "
        "TİC.LTD.ŞTİ. MÜŞTERİ DÖVİZ SATIŞ VİRMAN GÖNDERİCİ ALICI KREDİ KARTI ÖZTÜRK YILMAZ ÇELİK ŞAHİN GÜNEŞ "
        "TAŞIMACILIK GIDA SAN.VE DIŞ A.Ş. KİRA ÖDEMESİ ağustos Şubat öğrenci ücret çağrı ığdır İstanbul işlem "
        "şirketi için güneş üst çay ödeme Fatura bedeli Aktarım Tahsilatı müşteri hesabına ÖZ KÖY KÜÇÜK ÖRNEK "
        "ÖN BÜYÜK ŞOK ÇİFTÇİ DEĞER KÂR",
    "German":
        "Müller Größe Rechnung Überweisung Gebühr Köln Straße Österreich Äpfel MÜNCHEN ÜBERTRAG GRÖßE "
        "Fälligkeit März für Bücher SCHÄFER BÄCKEREI JÜRGEN Möbel Zahlung über ÄNDERUNG Grüße Prämie",
    "French":
        "RÈGLEMENT FACTURE DÉCEMBRE FRANÇOIS NOËL ÇA règlement facturé août à où été Société Générale CRÉDIT "
        "prélèvement chèque Hélène BENOÎT forêt maçon reçu VÉHICULE PÉAGE HÔTEL",
    "Spanish":
        "PAGO NÓMINA ESPAÑA AÑO MUÑOZ GARCÍA MARTÍNEZ señor número Compañía ÁLVAREZ CORUÑA día teléfono "
        "CRÉDITO JOSÉ Peña niño MÁLAGA CÁDIZ",
    "Portuguese":
        "TRANSFERÊNCIA PAGAMENTO JOÃO SÃO AÇÃO prestação comissão CARTÃO CRÉDITO Conceição ANTÓNIO não "
        "LIQUIDAÇÃO ÁGUA três mês",
    "Polish":
        "PRZELEW PRZYCHODZĄCY ZAPŁATA ZA FAKTURĘ ŻÓŁĆ SPÓŁKA opłata Łódź Wrocław Kraków gęś Małgorzata ŚWIĘTA "
        "źródło Paweł należność składka NIEDŹWIEDŹ Żywiec miesiąc",
    "Czech and Slovak":
        "PŘÍŠERNĚ ŽLUŤOUČKÝ KŮŇ NOVÁK Dvořák Havlíček platba úhrada faktury převod účet poplatek Černý "
        "Novotný Procházka Růžička Šťastný měsíc služby ÚROK ČESKÁ SPOŘITELNA PŘEVOD Kučera nájemné",
    "Hungarian":
        "ÁTUTALÁS SZÁMLA KÖZÖS KÖLTSÉG DÍJ KOVÁCS JÁNOS Szabó Tóth Nagy Horváth fizetés közlemény bérlet GYŐR "
        "Erdős fűtés ÉRTÉK jutalék",
    "Romanian":
        "PLATĂ FACTURĂ ŞI COMISION ŢARA bancă şef ţara Ştefan CONSTANŢA plată Braşov Timişoara în sâmbătă "
        "Română împrumut",
    "Nordic":
        "BETALNING ÅKE SJÖSTRÖM HÄSTÖ Göteborg Malmö BETALING FRA ØYSTEIN ÆRLIG ÅSE København Jørgen Sørensen "
        "lønn måned för på Åberg MÅNAD",
}
QUOTED = ("“{}”", "ANKARA’DAN {}", "{}…", "‘{}’")


def letters(data):
    """Bytes above 7F beside a letter, as evidence.c counts them."""
    def letter(i):
        return 0 <= i < len(data) and (data[i] >= 0x80 or chr(data[i]).isalpha())
    return [b for i, b in enumerate(data) if b >= 0x80 and (letter(i - 1) or letter(i + 1))]


def verdict(table, data):
    sums = [sum(weights[b - 0x80] for b in letters(data)) for _, weights in table]
    return table[sums.index(max(sums))][0]


def main():
    table = [(codec, [gen_charset.weight(codec, language, b) for b in range(0x80, 0x100)])
             for _, codec, language in gen_charset.profiles()]
    for count in (1, 2, 4, 8):
        wrong = total = 0
        for quoted in (False, True):
            for language, text in WORDS.items():
                for _, _, codec, languages in gen_charset.DETECTED:
                    chosen = random.Random(1)
                    for _ in range(400 if language in languages else 0):
                        words = [chosen.choice(text.split()) for _ in range(count)]
                        if quoted and codec.startswith("cp125"):
                            at = chosen.randrange(count)
                            words[at] = chosen.choice(QUOTED).format(words[at])
                        line = " ".join(words)
                        data = line.encode(codec, "ignore")
                        if data.decode(codec) != line or line.isascii():
                            continue
                        total += 1
                        found = verdict(table, data)
                        wrong += data.decode(found, "replace") != line
                        if "-v" in sys.argv and data.decode(found, "replace") != line:
                            print(language, codec, found, line)
        print(f"{count} words: {wrong} of {total} wrong, {100 * wrong / total:.1f} %")


if __name__ == "__main__":
    main()
